### Fields that several forms have.

name = Name
name-hint = Letters, digits and . _ - @. Capitals make no difference.
password-hint = At least 8 characters. A few unrelated words do well; pasting is fine.
