//! What the kernel holds, message by message, put together to tables.

use nines_traffic::nft::{Count, LiveObject, LiveTable, Set, TableId};

use crate::codec::{self, Elements, attributes, family_number, family_of, kind};
use crate::connection::Connection;
use crate::error::Error;
use crate::wire::{Malformed, Writer, flag};

/// Which tables.
pub enum Scope {
    /// Every one.
    All,
    /// One.
    Table(TableId),
}

impl Scope {
    fn holds(&self, id: &TableId) -> bool {
        match self {
            Scope::All => true,
            Scope::Table(wanted) => wanted == id,
        }
    }

    /// The family that the kernel narrows a dump to; 0 for all.
    fn family(&self) -> u8 {
        match self {
            Scope::All => 0,
            Scope::Table(id) => family_number(id.family),
        }
    }
}

/// Whose elements are read: of a large set they are all the work, since the kernel walks it anew for each datagram.
pub enum Depth<'k> {
    /// Nobody's.
    Outline,
    /// Those of every set.
    Whole,
    /// Those of every set but of a table that is known at a generation.
    Beside(u32, &'k LiveTable),
}

/// Tables with what is in them, where this is the generation.
pub fn tables(
    connection: &mut Connection,
    scope: &Scope,
    depth: &Depth<'_>,
    generation: u32,
) -> Result<Vec<LiveTable>, Error> {
    let mut tables: Vec<LiveTable> = Vec::new();
    let family = scope.family();
    connection.query(
        kind::GET_TABLE,
        flag::DUMP,
        family,
        |_| {},
        |family, _, attributes| {
            let Some(family) = family_of(family) else { return Ok(()) };
            let table = codec::read_table(family, attributes)?;
            if scope.holds(&table.id) {
                tables.push(table);
            }
            Ok(())
        },
    )?;
    if tables.is_empty() {
        return Ok(tables);
    }
    read_objects(connection, scope, &mut tables)?;
    connection.query(
        kind::GET_CHAIN,
        flag::DUMP,
        family,
        |_| {},
        |family, _, attributes| {
            let Some(family) = family_of(family) else { return Ok(()) };
            let (table, chain) = codec::read_chain(family, attributes)?;
            if let Some(table) = find(&mut tables, &table) {
                table.chains.push(chain);
            }
            Ok(())
        },
    )?;
    read_rules(connection, scope, &mut tables)?;
    read_sets(connection, scope, &mut tables)?;
    for table in &mut tables {
        match depth {
            Depth::Outline => {}
            Depth::Beside(at, known) if *at == generation && known.id == table.id => take_elements(table, known),
            Depth::Whole | Depth::Beside(..) => read_elements(connection, table)?,
        }
    }
    Ok(tables)
}

/// The objects of one table.
pub fn objects(connection: &mut Connection, id: &TableId) -> Result<Vec<LiveObject>, Error> {
    let mut objects = Vec::new();
    let of_table = |out: &mut Writer| out.text(attributes::OBJECT_TABLE, id.name.as_str());
    connection.query(kind::GET_OBJECT, flag::DUMP, family_number(id.family), of_table, |family, _, attributes| {
        let Some(family) = family_of(family) else { return Ok(()) };
        let (table, object) = codec::read_object(family, attributes)?;
        if table == *id {
            objects.push(object);
        }
        Ok(())
    })?;
    Ok(objects)
}

/// What the rules of one table counted.
pub fn counts(connection: &mut Connection, id: &TableId) -> Result<Vec<Count>, Error> {
    let mut counts = Vec::new();
    let of_table = |out: &mut Writer| out.text(attributes::RULE_TABLE, id.name.as_str());
    connection.query(kind::GET_RULE, flag::DUMP, family_number(id.family), of_table, |_, _, attributes| {
        counts.push(codec::read_count(attributes).unwrap_or_default());
        Ok(())
    })?;
    Ok(counts)
}

fn find<'a>(tables: &'a mut [LiveTable], id: &TableId) -> Option<&'a mut LiveTable> {
    tables.iter_mut().find(|table| table.id == *id)
}

fn read_objects(connection: &mut Connection, scope: &Scope, tables: &mut [LiveTable]) -> Result<(), Error> {
    connection.query(
        kind::GET_OBJECT,
        flag::DUMP,
        scope.family(),
        |_| {},
        |family, _, attributes| {
            let Some(family) = family_of(family) else { return Ok(()) };
            let (table, object) = codec::read_object(family, attributes)?;
            if let Some(table) = find(tables, &table) {
                table.objects.push(object);
            }
            Ok(())
        },
    )
}

fn read_rules(connection: &mut Connection, scope: &Scope, tables: &mut [LiveTable]) -> Result<(), Error> {
    let of_table = |out: &mut Writer| {
        if let Scope::Table(id) = scope {
            out.text(attributes::RULE_TABLE, id.name.as_str());
        }
    };
    let mut at = (0, 0); // where the rule before went: rules of a chain come together
    connection.query(kind::GET_RULE, flag::DUMP, scope.family(), of_table, |family, _, attributes| {
        let Some(family) = family_of(family) else { return Ok(()) };
        let (id, name, rule) = codec::read_rule(family, attributes)?;
        let same = tables
            .get(at.0)
            .is_some_and(|table| table.id == id && table.chains.get(at.1).is_some_and(|chain| chain.name == name));
        if !same {
            let Some(table) = tables.iter().position(|table| table.id == id) else { return Ok(()) };
            let chain = tables.get(table).and_then(|table| table.chains.iter().position(|chain| chain.name == name));
            at = (table, chain.ok_or(Malformed("a rule of a chain that is not there"))?);
        }
        if let Some(chain) = tables.get_mut(at.0).and_then(|table| table.chains.get_mut(at.1)) {
            chain.rules.push(rule);
        }
        Ok(())
    })
}

fn read_sets(connection: &mut Connection, scope: &Scope, tables: &mut [LiveTable]) -> Result<(), Error> {
    connection.query(
        kind::GET_SET,
        flag::DUMP,
        scope.family(),
        |_| {},
        |family, _, attributes| {
            let Some(family) = family_of(family) else { return Ok(()) };
            let (table, head) = codec::read_set(family, attributes)?;
            if let Some(table) = find(tables, &table) {
                table.sets.push(Set { head, elements: Vec::new() });
            }
            Ok(())
        },
    )
}

fn read_elements(connection: &mut Connection, table: &mut LiveTable) -> Result<(), Error> {
    let family = family_number(table.id.family);
    for set in &mut table.sets {
        let mut elements = Elements::default();
        let of_set = |out: &mut Writer| {
            out.text(attributes::ELEMENTS_TABLE, table.id.name.as_str());
            out.text(attributes::ELEMENTS_SET, set.head.name.as_str());
        };
        connection.query(kind::GET_ELEMENTS, flag::DUMP, family, of_set, |_, _, attributes| {
            codec::read_elements(attributes, &mut elements)
        })?;
        set.elements = elements.finish(&set.head);
    }
    Ok(())
}

fn take_elements(table: &mut LiveTable, known: &LiveTable) {
    for set in &mut table.sets {
        let same = known.sets.iter().find(|known| known.head.name == set.head.name);
        set.elements = same.map(|known| known.elements.clone()).unwrap_or_default();
    }
}
