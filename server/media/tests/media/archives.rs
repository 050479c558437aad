use std::io::{Cursor, Write};

use media::{Archive, ArchiveLimits, ArchiveRefusal, Entry, Refusal};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A stored entry, every claim of which can be a lie.
#[derive(Clone)]
pub struct Packed<'a> {
    name: &'a [u8],
    content: &'a [u8],
    declared: u32,
    flags: u16,
    method: u16,
    mode: u32,
    crc: u32,
}

pub fn packed<'a>(name: &'a str, content: &'a [u8]) -> Packed<'a> {
    let declared = content.len() as u32;
    let crc = crc32(content);
    Packed { name: name.as_bytes(), content, declared, flags: 0, method: 0, mode: 0o100_644, crc }
}

/// A zip archive byte by byte (APPNOTE 4.3), as writers refuse to write what attackers send.
pub fn zipped(entries: &[Packed<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = bytes.len() as u32;
        let mut common = Vec::new();
        for half in [20, entry.flags, entry.method, 0, 33] {
            common.extend(u16::to_le_bytes(half));
        }
        for word in [entry.crc, entry.content.len() as u32, entry.declared] {
            common.extend(word.to_le_bytes());
        }
        common.extend((entry.name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        bytes.extend([b"PK\x03\x04", common.as_slice(), entry.name, entry.content].concat());
        directory.extend([b"PK\x01\x02\x14\x03", common.as_slice(), &[0; 6]].concat());
        directory.extend((entry.mode << 16).to_le_bytes());
        directory.extend([&offset.to_le_bytes(), entry.name].concat());
    }
    let (count, start) = ((entries.len() as u16).to_le_bytes(), (bytes.len() as u32).to_le_bytes());
    let length = (directory.len() as u32).to_le_bytes();
    [bytes, directory, [b"PK\x05\x06\0\0\0\0", &count[..], &count, &length, &start, &[0, 0]].concat()]
        .concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

fn deflated(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

type Item = Result<Entry, ArchiveRefusal>;

fn read_within(bytes: &[u8], limits: ArchiveLimits) -> Result<Vec<Item>, ArchiveRefusal> {
    Ok(Archive::open(Cursor::new(bytes), limits)?.collect())
}

fn read(bytes: &[u8]) -> Vec<Item> {
    read_within(bytes, ArchiveLimits::default()).unwrap()
}

fn good(name: &str, content: &[u8]) -> Item {
    Ok(Entry { name: name.to_owned(), bytes: Ok(content.to_vec()) })
}

fn refused(name: &str, refusal: Refusal) -> Item {
    Ok(Entry { name: name.to_owned(), bytes: Err(refusal) })
}

#[test]
fn files_come_out_in_order_stored_or_deflated() {
    let long = b"long ".repeat(10_000);
    let archive =
        deflated(&[("a.jpg".to_owned(), b"first".to_vec()), ("dir/ü.jpg".to_owned(), long.clone())]);
    assert_eq!(read(&archive), [good("a.jpg", b"first"), good("dir/ü.jpg", &long)]);
    let archive = zipped(&[packed("b.jpg", b"stored"), packed("a.jpg", b"")]);
    assert_eq!(read(&archive), [good("b.jpg", b"stored"), good("a.jpg", b"")]);
}

#[test]
fn an_entry_that_leads_out_links_or_hides_is_refused_by_name_and_the_others_go_in() {
    let link = Packed { mode: 0o120_777, ..packed("link.jpg", b"/etc/passwd") };
    let device = Packed { mode: 0o020_666, ..packed("device.jpg", b"") };
    let locked = Packed { flags: 1, ..packed("locked.jpg", b"0123456789abcdef") };
    let squeezed = Packed { method: 12, ..packed("squeezed.jpg", b"BZh9") };
    let long = "x".repeat(256);
    let entries = [
        packed("good.jpg", b"1"),
        packed("../up.jpg", b"x"),
        packed("a/../../up.jpg", b"x"),
        packed("..\\up.jpg", b"x"),
        packed("/etc/passwd", b"x"),
        packed("\\\\host\\share.jpg", b"x"),
        packed("C:\\boot.jpg", b"x"),
        link,
        device,
        locked,
        packed(&long, b"x"),
        packed("inner.jpg", b"PK\x03\x04 an archive by another name"),
        packed("inner.tgz", b"\x1F\x8B\x08"),
        packed("also good.jpg", b"2"),
    ];
    let items = read(&zipped(&entries));
    assert_eq!(
        items,
        [
            good("good.jpg", b"1"),
            refused("../up.jpg", Refusal::LeadsOut),
            refused("a/../../up.jpg", Refusal::LeadsOut),
            refused("..\\up.jpg", Refusal::LeadsOut),
            refused("/etc/passwd", Refusal::AbsoluteName),
            refused("\\\\host\\share.jpg", Refusal::AbsoluteName),
            refused("C:\\boot.jpg", Refusal::AbsoluteName),
            refused("link.jpg", Refusal::NotRegular),
            refused("device.jpg", Refusal::NotRegular),
            refused("locked.jpg", Refusal::Encrypted),
            refused(&"x".repeat(255), Refusal::NameTooLong { bytes: 256, limit: 255 }),
            refused("inner.jpg", Refusal::NestedArchive(media::sniff::Other::Zip)),
            refused("inner.tgz", Refusal::NestedArchive(media::sniff::Other::Gzip)),
            good("also good.jpg", b"2"),
        ]
    );
    let items = read(&zipped(&[squeezed, packed("good.jpg", b"1")]));
    assert!(matches!(&items[0], Ok(Entry { bytes: Err(Refusal::CannotUnpack(_)), .. })), "{items:?}");
    assert_eq!(items[1], good("good.jpg", b"1"));
}

#[test]
fn folders_and_what_operating_systems_add_are_passed_over() {
    let folder = Packed { mode: 0o040_755, ..packed("cats/", b"") };
    let entries = [
        folder,
        packed("__MACOSX/cats/._a.jpg", b"x"),
        packed("cats/.DS_Store", b"x"),
        packed(".hidden/a.jpg", b"x"),
        packed("cats/a.b.jpg", b"1"),
    ];
    assert_eq!(read(&zipped(&entries)), [good("cats/a.b.jpg", b"1")]);
}

#[test]
fn names_are_shown_without_control_characters_or_broken_text() {
    let broken = Packed { name: b"caf\xE9.jpg", ..packed("", b"2") };
    let items = read(&zipped(&[packed("a\x1b[31m\n\u{202e}.jpg", b"1"), broken]));
    assert_eq!(items[0], good("a[31m.jpg", b"1"));
    let name = &items[1].as_ref().unwrap().name;
    assert!(name.starts_with("caf") && name.ends_with(".jpg"), "{name}");
}

#[test]
fn a_wrong_checksum_refuses_the_entry_alone() {
    let wrong = Packed { crc: 1, ..packed("wrong.jpg", b"bytes") };
    let items = read(&zipped(&[wrong, packed("right.jpg", b"bytes")]));
    assert!(matches!(&items[0], Ok(Entry { bytes: Err(Refusal::CannotUnpack(_)), .. })), "{items:?}");
    assert_eq!(items[1], good("right.jpg", b"bytes"));
}

#[test]
fn a_size_that_lies_is_never_believed() {
    let limits = ArchiveLimits { file_bytes: 100, ..ArchiveLimits::default() };
    let long = vec![7; 500];
    let claims_little = Packed { declared: 10, ..packed("little.jpg", &long) };
    let claims_much = Packed { declared: u32::MAX - 1, ..packed("much.jpg", b"few") };
    let items =
        read_within(&zipped(&[claims_little, claims_much, packed("true.jpg", b"1")]), limits).unwrap();
    for item in &items[..2] {
        match &item.as_ref().unwrap().bytes {
            Ok(bytes) => assert_eq!(bytes, b"few"),
            Err(refusal) => assert!(
                matches!(refusal, Refusal::CannotUnpack(_) | Refusal::EntryTooLong { .. }),
                "{refusal:?}"
            ),
        }
    }
    assert!(items[0].as_ref().unwrap().bytes.is_err());
    assert_eq!(items[2], good("true.jpg", b"1"));
}

#[test]
fn a_file_past_the_limit_is_read_no_further_and_refused_alone() {
    let limits = ArchiveLimits { file_bytes: 1_000, ..ArchiveLimits::default() };
    let archive = deflated(&[
        ("fits.jpg".to_owned(), vec![1; 1_000]),
        ("bomb.jpg".to_owned(), vec![0; 5_000_000]),
        ("last.jpg".to_owned(), b"1".to_vec()),
    ]);
    assert!(archive.len() < 10_000, "not a bomb");
    let items = read_within(&archive, limits).unwrap();
    let expected = [
        good("fits.jpg", &[1; 1_000]),
        refused("bomb.jpg", Refusal::EntryTooLong { limit: 1_000 }),
        good("last.jpg", b"1"),
    ];
    assert_eq!(items, expected);
}

#[test]
fn a_bomb_of_many_files_stops_at_the_total() {
    let limits = ArchiveLimits { bytes: 2_500, file_bytes: 1_000, ..ArchiveLimits::default() };
    let files: Vec<_> = (0..50).map(|i| (format!("{i}.jpg"), vec![0; 10_000])).collect();
    let items = read_within(&deflated(&files), limits).unwrap();
    let too_long = Refusal::EntryTooLong { limit: 1_000 };
    let stop = Err(ArchiveRefusal::TooManyBytes { limit: 2_500 });
    assert_eq!(items, [refused("0.jpg", too_long.clone()), refused("1.jpg", too_long), stop]);
}

#[test]
fn the_total_may_be_used_up_to_its_last_byte() {
    let archive = zipped(&[packed("a.jpg", b"12345"), packed("b.jpg", b"67890"), packed("c.jpg", b"")]);
    let within = |bytes| read_within(&archive, ArchiveLimits { bytes, ..ArchiveLimits::default() }).unwrap();
    assert_eq!(within(10).len(), 3);
    assert!(within(10).iter().all(Result::is_ok));
    assert_eq!(within(9)[1], Err(ArchiveRefusal::TooManyBytes { limit: 9 }));
    assert_eq!(within(9).len(), 2);
}

#[test]
fn too_many_entries_are_refused_before_any_is_read() {
    let entries: Vec<String> = (0..11).map(|i| format!("{i}.jpg")).collect();
    let entries: Vec<_> = entries.iter().map(|name| packed(name, b"x")).collect();
    let limits = ArchiveLimits { entries: 10, ..ArchiveLimits::default() };
    let refusal = read_within(&zipped(&entries), limits).unwrap_err();
    assert_eq!(refusal, ArchiveRefusal::TooManyEntries { entries: 11, limit: 10 });
    assert_eq!(read_within(&zipped(&entries[1..]), limits).unwrap().len(), 10);
}

#[test]
fn a_directory_longer_than_allowed_is_not_held_in_memory() {
    let name = "n".repeat(60_000);
    let names: Vec<String> = (0..20).map(|i| format!("{i}{name}")).collect();
    let entries: Vec<_> = names.iter().map(|name| packed(name, b"")).collect();
    let limits = ArchiveLimits { directory_bytes: 100_000, ..ArchiveLimits::default() };
    let refusal = read_within(&zipped(&entries), limits).unwrap_err();
    assert!(refusal.to_string().contains("directory is longer"), "{refusal}");
}

#[test]
fn a_repeated_name_is_refused_rather_than_one_file_lost() {
    let archive = zipped(&[packed("a.jpg", b"1"), packed("a.jpg", b"2")]);
    let refusal = read_within(&archive, ArchiveLimits::default()).unwrap_err();
    assert_eq!(refusal, ArchiveRefusal::RepeatedName);
}

#[test]
fn what_is_no_zip_is_refused_in_words() {
    for bytes in [b"".as_slice(), b"hello", b"PK\x03\x04", &[0; 70_000]] {
        let refusal = read_within(bytes, ArchiveLimits::default()).unwrap_err();
        assert!(refusal.to_string().starts_with("is not a zip archive that can be read: "), "{refusal}");
    }
}
