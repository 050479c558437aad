### Numbers, dates and spans of time.

# A share. $number is written already: 95, or 99.7
percent = { $number } %

# 22 November 2026
date = { $day } { $month } { $year }
# 22 November 2026, 14:05 UTC
moment = { $date }, { $time } UTC

january = January
february = February
march = March
april = April
may = May
june = June
july = July
august = August
september = September
october = October
november = November
december = December

# A span of time, short.
tenths = { $seconds } s
seconds = { NUMBER($n) } s
minutes = { NUMBER($n) } min
hours = { NUMBER($n) } h
hours-and-minutes = { NUMBER($hours) } h { NUMBER($minutes) } min
days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}

# A share that lies between two bounds, which are written already: 64 %, 99 %.
interval = 95 % interval: { $low } to { $high }

# The size of a file.
bytes = { NUMBER($n) } bytes
kilobytes = { NUMBER($n) } kB
# $number is like 1.3
megabytes = { $number } MB

# $amount is written already: 1.50; $currency is like EUR.
money = { $amount } { $currency }
