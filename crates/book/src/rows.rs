//! Rows as the database has them, read into headers and opened records.

use jiff::Timestamp;
use records::{FileId, Header, Kind, Record, RecordId, ServiceId, State};
use sqlx::Row;
use sqlx::any::AnyRow;
use vault::{FileKeys, FileTag, Part, Place};
use zeroize::Zeroizing;

use crate::error::{BookError, Result};

/// A record as it lies in the store.
pub(crate) struct SealedRecord {
    pub header: Header,
    pub sealed: Vec<u8>,
}

/// A record, opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its header.
    pub header: Header,
    /// What it says and where it came from.
    pub record: Record,
}

pub(crate) fn moment(micros: i64, place: &str) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|_| BookError::corrupt(place, "a moment out of range"))
}

pub(crate) fn id<T: std::str::FromStr>(text: &str, place: &str) -> Result<T> {
    text.parse().map_err(|_| BookError::corrupt(place, "an id that is none"))
}

impl SealedRecord {
    pub(crate) fn from_row(row: &AnyRow) -> Result<Self> {
        let file_text: String = row.try_get("file")?;
        let id_text: String = row.try_get("id")?;
        let place = format!("record {id_text} of file {file_text}");
        let service: Option<String> = row.try_get("service")?;
        let due: Option<i64> = row.try_get("due")?;
        let kind: i64 = row.try_get("kind")?;
        let state: i64 = row.try_get("state")?;
        let version: i64 = row.try_get("version")?;
        let topic: i64 = row.try_get("topic")?;
        let unfit = |what: &str| BookError::corrupt(place.clone(), format!("{what} out of range"));
        let header = Header {
            file: id::<FileId>(&file_text, &place)?,
            id: id::<RecordId>(&id_text, &place)?,
            kind: u16::try_from(kind).ok().and_then(Kind::from_number).ok_or_else(|| unfit("kind"))?,
            topic: i16::try_from(topic).map_err(|_| unfit("topic"))?,
            service: service.map(|text| id::<ServiceId>(&text, &place)).transpose()?,
            state: i16::try_from(state).ok().and_then(State::from_number).ok_or_else(|| unfit("state"))?,
            opened: moment(row.try_get("opened")?, &place)?,
            due: due.map(|micros| moment(micros, &place)).transpose()?,
            version: u32::try_from(version).map_err(|_| unfit("version"))?,
        };
        Ok(Self { header, sealed: row.try_get("sealed")? })
    }

    pub(crate) fn open(self, tenant: [u8; 16], keys: &FileKeys) -> Result<Opened> {
        let plain = open_sealed(tenant, keys, &self)?;
        let record = read_record(&self.header, &plain)?;
        Ok(Opened { header: self.header, record })
    }
}

fn name_of(header: &Header) -> String {
    format!("record {} of file {}", header.id, header.file)
}

/// The plain bytes of a record.
pub(crate) fn open_sealed(
    tenant: [u8; 16],
    keys: &FileKeys,
    SealedRecord { header, sealed }: &SealedRecord,
) -> Result<Zeroizing<Vec<u8>>> {
    let place = record_place(tenant, header.file, header.id, header.kind, header.version);
    keys.open(Part::Record, &place, sealed).map_err(|_| BookError::corrupt(name_of(header), "it does not open"))
}

/// The record that plain bytes are, which must be of the kind that its header says.
pub(crate) fn read_record(header: &Header, plain: &[u8]) -> Result<Record> {
    let record = Record::from_store(plain)
        .map_err(|_| BookError::corrupt(name_of(header), "it opens but does not read as a record"))?;
    if record.content.kind() != header.kind {
        return Err(BookError::corrupt(name_of(header), "another kind inside than outside"));
    }
    Ok(record)
}

pub(crate) fn open_record(keys: &FileKeys, place: &Place, sealed: &[u8], name: impl Fn() -> String) -> Result<Record> {
    let plain = keys.open(Part::Record, place, sealed).map_err(|_| BookError::corrupt(name(), "it does not open"))?;
    Record::from_store(&plain).map_err(|_| BookError::corrupt(name(), "it opens but does not read as a record"))
}

/// The place of a record, bound into its seal: moved anywhere else it does not open.
pub(crate) fn record_place(tenant: [u8; 16], file: FileId, record: RecordId, kind: Kind, version: u32) -> Place {
    Place {
        tenant,
        file: FileTag(file.bytes()),
        record: record.bytes(),
        kind: kind.number(),
        version: u64::from(version),
    }
}

/// The place of a card.
pub(crate) fn card_place(tenant: [u8; 16], file: FileId) -> Place {
    Place { tenant, file: FileTag(file.bytes()), record: [0; 16], kind: 0, version: 0 }
}

/// The place of a trace: its number in the ledger is part of it.
pub(crate) fn trace_place(tenant: [u8; 16], file: FileId, seq: u64) -> Place {
    Place { tenant, file: FileTag(file.bytes()), record: [0xff; 16], kind: 0, version: seq }
}
