//! Which row groups of a block cannot hold a span that a clause wants, told from tables alone.

use super::clause::OperationKind;
use super::dictionaries::may_satisfy;
use crate::block::{
    Bits, Block, BlockTables, Form, GroupMeta, Needle, ValueKey, has_filter_text, hash_of_event, hash_of_having,
    hash_of_tag, hash_under,
};
use crate::columns::{Tables, ValueType};
use crate::engine::Inner;
use nines_span::otlp::resource_attribute;
use nines_storage::StoreError;
use nines_trace::filter::value::whole_number;
use nines_trace::filter::{Constraints, Filter, Verdict};

/// Pages of filters read before tables are: beyond, tables tell sooner which services have the tag.
const FILTERS_ASKED_MAX: usize = 64;

/// A clause against one block.
pub struct BlockClause {
    /// Operations whose spans may satisfy the clause.
    operations: Bits,
    /// For each tag the clause needs: the shapes that have it. Left out where a resource has it too.
    tags: Vec<Bits>,
    /// For each group: whether it may hold the values that the clause needs.
    groups: Vec<bool>,
    /// For each tag whose texts leave bytes in a group: those of which it must have one.
    needles: Vec<Vec<Needle>>,
    duration_us_min: u64,
}

impl BlockClause {
    /// The clause against a block; `None` when no span of the block satisfies it. A filter that is damaged
    /// is noted and skips nothing.
    pub fn new(
        filter: &Filter,
        constraints: &Constraints,
        block: &Block,
        inner: &Inner,
    ) -> Result<Option<BlockClause>, StoreError> {
        let mut clause = BlockClause {
            operations: Bits::default(),
            tags: Vec::new(),
            groups: vec![true; block.groups().len()],
            needles: Vec::new(),
            duration_us_min: *constraints.duration_us.start(),
        };
        // Most blocks have nothing of a rare value, and filters say so before anything else is looked at.
        let services = constraints.services.as_ref().map(|names| block.by_service().named(names));
        if services.as_ref().is_some_and(|of_names| !clause.ask_filters(constraints, of_names, block, inner)) {
            return Ok(None);
        }
        clause.operations = operations_of(filter, services.as_deref(), block);
        if clause.operations.is_empty() {
            return Ok(None);
        }
        if constraints.tag_keys.is_empty() && constraints.tag_or_event_names.is_empty() {
            return Ok(Some(clause));
        }
        if services.is_none() && !clause.ask_filters(constraints, &clause.services(block.operations()), block, inner) {
            return Ok(None);
        }
        let tables = block.tables(&inner.caches)?;
        let possible = clause.need_tags(constraints, &tables)
            && clause.need_texts(constraints, &tables, block, inner)
            && may_satisfy(filter, constraints, &clause.services(&tables.tables), &tables);
        clause.need_tags_or_events(constraints, &tables.tables, block, inner);
        Ok((possible && clause.groups.contains(&true)).then_some(clause))
    }

    /// Leaves the groups that may hold the tags that the clause needs, with its texts under any of these services;
    /// whether one is left.
    fn ask_filters(&mut self, constraints: &Constraints, services: &[u32], block: &Block, inner: &Inner) -> bool {
        let names = &block.operations().names;
        for (key, texts) in constraints.tag_texts.iter().filter(|(key, _)| block.is_filtered(key)) {
            let texts = texts_of_equals(texts);
            let tags = services.iter().map(|service| hash_of_tag(names.get(*service), key));
            let under = |tag: u64| texts.iter().map(move |text| hash_under(tag, text.as_bytes())).collect::<Vec<_>>();
            let hashes: Vec<u64> = tags.flat_map(under).take(FILTERS_ASKED_MAX + 1).collect();
            if hashes.len() <= FILTERS_ASKED_MAX {
                self.need_one_of(&hashes, block, inner);
            }
        }
        for key in constraints.tag_keys.iter().filter(|key| block.is_filtered(key)) {
            if self.groups.contains(&true) {
                self.need_one_of(&[hash_of_having(key)], block, inner);
            }
        }
        !services.is_empty() && self.groups.contains(&true)
    }

    fn need_tags(&mut self, constraints: &Constraints, tables: &BlockTables) -> bool {
        let tables = &tables.tables;
        for key in constraints.tag_keys.iter().filter(|key| !in_resources(tables, key)) {
            let has_tag = |shape| tables.find_tag(&tables.shapes[shape as usize], key).is_some();
            let shapes = Bits::of(tables.shapes.len(), has_tag);
            if shapes.is_empty() {
                return false;
            }
            self.tags.push(shapes);
        }
        true
    }

    fn need_texts(&mut self, constraints: &Constraints, tables: &BlockTables, block: &Block, inner: &Inner) -> bool {
        let names = &tables.tables.names;
        let services = self.services(&tables.tables);
        for (key, texts) in constraints.tag_texts.iter().filter(|(key, _)| !in_resources(&tables.tables, key)) {
            let of_key = tables.columns.iter().filter(|(column, _)| {
                let is_key = column.tag().is_some_and(|name| names.get(name) == key);
                is_key && services.binary_search(&column.service).is_ok()
            });
            let texts = texts_of_equals(texts);
            let (mut hashes, mut needles) = (Some(Vec::new()), Some(Vec::<Needle>::new()));
            for (column, form) in of_key {
                match may_hold(column, form, &texts) {
                    Maybe::Yes => (hashes, needles) = (None, None),
                    Maybe::InFilter(texts) => {
                        let tag = hash_of_tag(names.get(column.service), key);
                        let of_column = texts.clone().map(|text| hash_under(tag, text.as_bytes()));
                        hashes.iter_mut().for_each(|hashes| hashes.extend(of_column.clone()));
                        let of_column = texts.map(|text| needle_of(text, column, form));
                        needles = needles.and_then(|known| known.into_iter().map(Some).chain(of_column).collect());
                    }
                }
            }
            if let Some(mut hashes) = hashes {
                hashes.sort_unstable();
                hashes.dedup();
                self.need_one_of(&hashes, block, inner);
            }
            self.needles.extend(needles);
            if !self.groups.contains(&true) {
                return false;
            }
        }
        true
    }

    /// Leaves the groups that have the tags, or may have events of their names.
    fn need_tags_or_events(&mut self, constraints: &Constraints, tables: &Tables, block: &Block, inner: &Inner) {
        for name in constraints.tag_or_event_names.iter().filter(|name| !in_resources(tables, name)) {
            let has_tag = |shape| tables.find_tag(&tables.shapes[shape as usize], name).is_some();
            let shapes = Bits::of(tables.shapes.len(), has_tag);
            let events = match block.filter(hash_of_event(name.as_bytes()), &inner.caches) {
                Ok(told) => told,
                Err(error) => {
                    inner.note_damage(error);
                    continue;
                }
            };
            for ((may, meta), has_event) in self.groups.iter_mut().zip(block.groups()).zip(events) {
                *may &= has_event || shapes.meets(&meta.shapes);
            }
        }
    }

    /// Leaves the groups that may hold one of the values with these hashes.
    fn need_one_of(&mut self, hashes: &[u64], block: &Block, inner: &Inner) {
        let mut may_hold = vec![false; self.groups.len()];
        for hash in hashes {
            match block.filter(*hash, &inner.caches) {
                Ok(told) => may_hold.iter_mut().zip(told).for_each(|(may, told)| *may |= told),
                Err(error) => {
                    inner.note_damage(error);
                    return;
                }
            }
        }
        self.groups.iter_mut().zip(may_hold).for_each(|(group, may)| *group &= may);
    }

    /// Services of the operations that may satisfy the clause, sorted.
    fn services(&self, tables: &Tables) -> Vec<u32> {
        let possible = self.operations.iter();
        let mut services: Vec<u32> = possible.map(|operation| tables.operations[operation as usize].service).collect();
        services.sort_unstable();
        services.dedup();
        services
    }

    /// Operations whose spans may satisfy the clause.
    pub fn operations(&self) -> &Bits {
        &self.operations
    }

    /// What a group must have the bytes of, where it is told by them: for each tag, one of these.
    pub fn needles(&self) -> &[Vec<Needle>] {
        &self.needles
    }

    /// Whether a group may hold a span that satisfies the clause.
    pub fn may_be_in(&self, group: &GroupMeta, group_idx: usize) -> bool {
        self.groups[group_idx]
            && group.duration_us_max >= self.duration_us_min
            && self.operations.meets(&group.operations)
            && self.tags.iter().all(|tag| tag.meets(&group.shapes))
    }
}

/// The operations of a block whose spans may satisfy a filter, where only these services' may.
fn operations_of(filter: &Filter, services: Option<&[u32]>, block: &Block) -> Bits {
    let tables = block.operations();
    let may = |operation: u32| filter.decide_by_shape(&OperationKind { tables, operation }) != Verdict::Never;
    let allowed = block.by_service().iter().filter(|(name, _)| services.is_none_or(|allowed| allowed.contains(name)));
    let mut operations = Bits::none(tables.operations.len());
    let possible = allowed.flat_map(|(_, of_service)| of_service).filter(|operation| may(**operation));
    possible.for_each(|operation| operations.insert(*operation));
    operations
}

/// Whether a resource of the block has an attribute of this name: then tags of spans do not decide.
pub(super) fn in_resources(tables: &Tables, key: &str) -> bool {
    let resources = tables.origins.iter().map(|(resource, _)| &tables.parts[*resource as usize]);
    resources.into_iter().any(|resource| resource_attribute(resource, key).is_some())
}

enum Maybe<I> {
    /// The column may hold a value that satisfies the clause, in any group.
    Yes,
    /// If it does, one of these is in the group's filter; if there are none, it does not.
    InFilter(I),
}

fn may_hold<'t>(
    column: ValueKey,
    form: Form<'t>,
    texts: &'t [String],
) -> Maybe<impl Iterator<Item = &'t String> + Clone> {
    let is_text = column.value_type == ValueType::Str;
    let can_be = move |text: &&String| match form {
        _ if !is_text => true,
        Form::Constant(value) => value == text.as_bytes(),
        Form::Coded(dictionary) => dictionary.iter().any(|value| value == text.as_bytes()),
        Form::Text(prefix) | Form::Hex(prefix) => text.as_bytes().starts_with(prefix),
    };
    match has_filter_text(column.value_type) {
        true => Maybe::InFilter(texts.iter().filter(can_be)),
        false => Maybe::Yes,
    }
}

/// The bytes that a text leaves in a column that may hold it; `None` where they do not tell.
fn needle_of(text: &str, column: ValueKey, form: Form<'_>) -> Option<Needle> {
    Needle::of(text, form).filter(|_| column.value_type == ValueType::Str)
}

/// The texts, and the digits of the whole numbers that they spell: a tag that is such a number equals them.
fn texts_of_equals(texts: &[String]) -> Vec<String> {
    let mut all = texts.to_vec();
    all.extend(texts.iter().filter_map(|text| whole_number(text)).map(|number| number.to_string()));
    all.sort_unstable();
    all.dedup();
    all
}
