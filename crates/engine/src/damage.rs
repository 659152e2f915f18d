//! What is damaged, taken apart and said in every language of the product.
//!
//! Facts are short English texts where they are found, in readers that know no language. Here each has its
//! Korean beside it; a test reads the sources and fails for a fact that has none. Names of parts are terms
//! of `docs/format/` and stay as they are.

use nines_base::lang::{Lang, Message};
use nines_storage::StoreError;

/// A damaged place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DamagedPlace {
    /// The file.
    pub file: String,
    /// Byte at which the damaged part begins, where one is known.
    pub offset: Option<u64>,
    /// The part of the format, where one is known.
    pub part: Option<String>,
    /// What is wrong with it, in English.
    fact: String,
}

nines_base::catalogue! {
    /// How a damaged place is said.
    pub enum DamageText {
        At { file: String, offset: u64, what: String } => {
            en: "{file} at byte {offset}: {what}",
            ko: "{file}, {offset}바이트 위치: {what}",
        },
        In { file: String, what: String } => { en: "{file}: {what}", ko: "{file}: {what}" },
        OfPart { part: String, fact: String } => { en: "{part}: {fact}", ko: "`{part}` 부분: {fact}" },
        Unreadable { step: String, reason: String } => {
            en: "{step}: {reason}",
            ko: "{step} 단계에서 읽지 못했습니다: {reason}",
        },
    }
}

impl DamagedPlace {
    /// Takes an error of the store apart; `None` for one that is no damage of bytes.
    pub fn of(error: &StoreError) -> Option<DamagedPlace> {
        let StoreError::Damaged { place, detail } = error else { return None };
        let at = place.rsplit_once(" at byte ").and_then(|(file, offset)| Some((file, offset.parse().ok()?)));
        let (file, offset) = at.map_or((place.as_str(), None), |(file, offset)| (file, Some(offset)));
        let (part, fact) = match detail.split_once(": ") {
            Some((part, fact)) => (Some(part.to_owned()), fact),
            None => (None, detail.as_str()),
        };
        Some(DamagedPlace { file: file.to_owned(), offset, part, fact: fact.to_owned() })
    }

    /// What is wrong, without the place.
    pub fn fact(&self, lang: Lang) -> String {
        let known = FACTS.iter().find(|(en, _)| *en == self.fact).filter(|_| lang == Lang::Ko);
        known.map_or_else(|| self.fact.clone(), |(_, ko)| (*ko).to_owned())
    }
}

impl Message for DamagedPlace {
    fn text(&self, lang: Lang) -> String {
        let fact = self.fact(lang);
        let what = match &self.part {
            Some(part) => DamageText::OfPart { part: part.clone(), fact }.text(lang),
            None => fact,
        };
        match self.offset {
            Some(offset) => DamageText::At { file: self.file.clone(), offset, what }.text(lang),
            None => DamageText::In { file: self.file.clone(), what }.text(lang),
        }
    }
}

/// An error of the store in words: damage as above, a failed read by its step.
pub fn damage_text(error: &StoreError, lang: Lang) -> String {
    match (DamagedPlace::of(error), error) {
        (Some(place), _) => place.text(lang),
        (None, StoreError::Io { step, source }) => {
            DamageText::Unreadable { step: step.clone(), reason: source.to_string() }.text(lang)
        }
        (None, other) => other.to_string(),
    }
}

/// Facts in English and in Korean.
const FACTS: &[(&str, &str)] = &[
    ("a bucket of the filters does not end", "필터의 버킷이 끝나지 않습니다"),
    ("a code is out of range", "코드가 범위를 벗어났습니다"),
    ("a column is missing", "열이 없습니다"),
    ("a count is beyond the bytes there are", "개수가 남은 바이트보다 많습니다"),
    ("a count is impossible", "불가능한 개수입니다"),
    ("a dictionary is too large", "사전이 너무 큽니다"),
    ("a group has too many rows", "그룹의 행이 너무 많습니다"),
    ("a group is impossibly long", "불가능한 길이의 그룹입니다"),
    ("a link leaves its trace", "연결이 자신의 트레이스를 벗어납니다"),
    ("a microsecond has only 1000 nanoseconds", "나노초 값이 1000을 넘습니다"),
    ("a number is beyond 32 bits", "숫자가 32비트를 넘습니다"),
    ("a packed column is wider than a number", "압축된 열의 폭이 숫자보다 넓습니다"),
    ("a page of the filters does not match its checksum", "필터 페이지의 체크섬이 맞지 않습니다"),
    ("a page of the filters has fingerprints in no bucket", "필터 페이지에 버킷에 속하지 않는 지문이 있습니다"),
    ("a page of the filters is too short for its fingerprints", "필터 페이지가 지문을 담기에 너무 짧습니다"),
    ("a place is out of range", "위치가 범위를 벗어났습니다"),
    ("a record does not match its checksum", "레코드의 체크섬이 맞지 않습니다"),
    ("a row is out of range", "행이 범위를 벗어났습니다"),
    ("a section is impossibly long", "불가능한 길이의 섹션입니다"),
    ("a section was not read", "섹션을 읽지 않았습니다"),
    ("a set holds numbers out of range", "집합에 범위를 벗어난 숫자가 있습니다"),
    ("a slice is in the wrong place", "구간이 엉뚱한 위치에 있거나 두 번 있습니다"),
    ("a sparse list is out of order", "희소 목록의 순서가 맞지 않습니다"),
    ("a text is not UTF-8", "텍스트가 UTF-8이 아닙니다"),
    ("a value type is unknown", "알 수 없는 값 형식입니다"),
    ("a varint is too large", "가변 길이 정수가 너무 큽니다"),
    ("a varint is too long", "가변 길이 정수가 너무 깁니다"),
    ("an index is out of range", "인덱스가 범위를 벗어났습니다"),
    ("an ordinal is out of range", "순번이 범위를 벗어났습니다"),
    ("bytes are left over", "남는 바이트가 있습니다"),
    ("it does not fit the traces", "트레이스와 맞지 않습니다"),
    ("it does not match its checksum", "체크섬이 맞지 않습니다"),
    ("it does not unpack", "압축이 풀리지 않습니다"),
    ("it ends early", "일찍 끝납니다"),
    ("it is shorter than an empty block", "빈 블록보다 짧습니다"),
    ("it unpacks too short", "압축을 풀면 길이가 모자랍니다"),
    ("no record begins here", "여기에서 시작하는 레코드가 없습니다"),
    (
        "records before this one are missing; the shard's later spans are lost",
        "앞선 레코드가 없어 이 샤드의 이후 스팬은 읽을 수 없습니다",
    ),
    ("the block is there under another name", "블록이 다른 이름으로도 있습니다"),
    ("the block version is unknown", "알 수 없는 블록 버전입니다"),
    ("the bytes end early", "바이트가 일찍 끝납니다"),
    ("the codes end early", "코드가 일찍 끝납니다"),
    ("the columns are out of order", "열의 순서가 맞지 않습니다"),
    ("the entries are out of order", "항목의 순서가 맞지 않습니다"),
    ("the file has no shards", "파일에 샤드가 없습니다"),
    ("the file header does not match its checksum", "파일 머리의 체크섬이 맞지 않습니다"),
    ("the file is in another tier's folder", "파일이 다른 단계의 폴더에 있습니다"),
    ("the file is shorter than its header", "파일이 머리보다 짧습니다"),
    ("the file was cut short, its closing record is missing", "파일의 뒷부분이 잘려 나가 맺음 레코드가 없습니다"),
    ("the filters do not fill their section", "필터가 섹션을 채우지 않습니다"),
    ("the filters have no head", "필터에 머리 부분이 없습니다"),
    ("the filters tell of a group that is none", "필터가 없는 그룹을 가리킵니다"),
    ("the filters' head does not match its checksum", "필터 머리 부분의 체크섬이 맞지 않습니다"),
    ("the footer is longer than the file", "꼬리 정보가 파일보다 깁니다"),
    ("the form of a column is unknown", "알 수 없는 열 형식입니다"),
    ("the groups do not follow each other", "그룹이 이어지지 않습니다"),
    ("the hashes are out of order", "해시의 순서가 맞지 않습니다"),
    ("the inbox version is unknown", "알 수 없는 수신함 버전입니다"),
    ("the places do not fill the group", "위치 목록이 그룹과 맞지 않습니다"),
    ("the sections do not fill the file", "섹션이 파일을 채우지 않습니다"),
    ("the segment would be larger than its offsets", "세그먼트가 오프셋 범위보다 큽니다"),
    ("the trace index does not fit the traces", "트레이스 인덱스가 트레이스와 맞지 않습니다"),
    ("the traces do not fill the group", "트레이스가 그룹을 채우지 않습니다"),
    ("the values do not fill their sections", "값이 섹션을 채우지 않습니다"),
    ("the values do not fit the shapes", "값이 모양과 맞지 않습니다"),
    ("the version of the histograms is unknown", "알 수 없는 히스토그램 버전입니다"),
    ("there is no memory to unpack it", "압축을 풀 메모리가 없습니다"),
    ("this is no block", "블록 파일이 아닙니다"),
    ("this is no file of histograms", "히스토그램 파일이 아닙니다"),
    ("this is no inbox file", "수신함 파일이 아닙니다"),
    ("too many traces", "트레이스가 너무 많습니다"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Facts in the sources: what `Malformed("…")` says, and the last text of a call whose name ends in
    /// `damage`.
    fn facts_in(folder: &Path, facts: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                facts_in(&path, facts);
            } else if name.ends_with(".rs") && name != "tests.rs" && name != "damage.rs" {
                let text = std::fs::read_to_string(&path).unwrap();
                for (call, end) in [("Malformed(\"", "\")"), ("damage(", ")"), ("damage.push((", "))")] {
                    for rest in text.split(call).skip(1) {
                        let arguments = rest.split(end).next().unwrap_or_default();
                        let last = if call.ends_with('"') { Some(arguments) } else { arguments.rsplit('"').nth(1) };
                        let is_call = !arguments.contains(['\n', ';']) && !arguments.contains("&self");
                        facts.extend(last.filter(|_| is_call).map(str::to_owned));
                    }
                }
            }
        }
    }

    #[test]
    fn every_fact_of_the_readers_has_its_korean() {
        let mut facts = BTreeSet::new();
        facts_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut facts);
        assert!(facts.len() > 40, "{facts:?}");
        let missing: Vec<_> = facts.iter().filter(|fact| !FACTS.iter().any(|(en, _)| en == fact)).collect();
        assert!(missing.is_empty(), "add these to FACTS: {missing:#?}");
        assert!(FACTS.is_sorted() && FACTS.iter().all(|(en, ko)| !ko.is_empty() && en != ko));
    }

    #[test]
    fn a_damaged_place_is_taken_apart_and_said_in_both_languages() {
        let damage = crate::block::Damage { offset: 77, part: "span ids", fact: "it does not match its checksum" };
        let place = DamagedPlace::of(&damage.in_file("/data/a at byte b.blk")).unwrap();
        assert_eq!((place.file.as_str(), place.offset), ("/data/a at byte b.blk", Some(77)));
        assert_eq!(place.text(Lang::En), "/data/a at byte b.blk at byte 77: span ids: it does not match its checksum");
        assert_eq!(
            place.text(Lang::Ko),
            "/data/a at byte b.blk, 77바이트 위치: `span ids` 부분: 체크섬이 맞지 않습니다"
        );
    }
}
