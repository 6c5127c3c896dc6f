//! The two modules.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, ImportSection, Instruction,
    MemorySection, StartSection, TableSection, TypeSection,
};
use wasmparser::{ExternalKind, FunctionBody, Operator};

use crate::module::Module;
use crate::plan::Plan;
use crate::{FROM, Refused};

/// Both parts.
#[derive(Debug)]
pub struct Halves {
    /// What is needed at once. Stands for the module as it was.
    pub first: Vec<u8>,
    /// What comes later. Imports from the first part's exports, as module [`FROM`].
    pub later: Vec<u8>,
}

/// Writes both.
///
/// # Errors
/// An instruction that cannot be written again.
pub fn write(module: &Module<'_>, plan: &Plan) -> Result<Halves, Refused> {
    let shared = Shared::of(module, plan);
    Ok(Halves {
        first: first(module, plan, &shared)?,
        later: later(module, plan, &shared)?,
    })
}

/// What both must agree on.
struct Shared {
    /// Where the table holds each gate.
    gates: BTreeMap<u32, u32>,
    /// Places of the table, all in all.
    slots: BTreeMap<u32, u32>,
    /// Functions of the first part that the later one calls, in the order of their export names.
    functions: Vec<u32>,
}

impl Shared {
    fn of(module: &Module<'_>, plan: &Plan) -> Self {
        let mut slots = module.slots.clone();
        let table = module.tables.get(module.table as usize);
        let free = table.map_or(0, |table| {
            u32::try_from(table.ty.initial).unwrap_or(u32::MAX)
        });
        let gates: BTreeMap<u32, u32> = plan.gates.iter().copied().zip(free..).collect();
        slots.extend(gates.iter().map(|(gate, slot)| (*slot, *gate)));
        let called: BTreeSet<u32> = plan
            .functions
            .iter()
            .filter_map(|f| module.calls.get(f))
            .flatten()
            .copied()
            .filter(|f| !plan.functions.contains(f))
            .collect();
        Self {
            gates,
            slots,
            functions: called.into_iter().collect(),
        }
    }

    fn table_size(&self) -> u64 {
        self.slots
            .last_key_value()
            .map_or(0, |(slot, _)| u64::from(*slot) + 1)
    }
}

/// Renumbers functions, and calls gates through the table.
struct Numbers<'a> {
    functions: BTreeMap<u32, u32>,
    gates: &'a BTreeMap<u32, u32>,
    types: &'a [u32],
    table: u32,
}

impl Reencode for Numbers<'_> {
    type Error = Refused;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Refused>> {
        self.functions
            .get(&function)
            .copied()
            .ok_or(Error::UserError(Refused::Shape(
                "a reference across the parts",
            )))
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Refused>> {
        let mut function: Function = self.new_function_with_parsed_locals(&body)?;
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            match reader.read()? {
                Operator::Call { function_index } if self.gates.contains_key(&function_index) => {
                    let (slot, ty) = (
                        self.gates.get(&function_index),
                        self.types.get(function_index as usize),
                    );
                    let (Some(slot), Some(ty)) = (slot, ty) else {
                        return Err(Error::UserError(Refused::Malformed));
                    };
                    function.instruction(&Instruction::I32Const(slot.cast_signed()));
                    function.instruction(&Instruction::CallIndirect {
                        type_index: *ty,
                        table_index: self.table,
                    });
                }
                operator => {
                    function.instruction(&utils::instruction(self, operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }
}

fn first(module: &Module<'_>, plan: &Plan, shared: &Shared) -> Result<Vec<u8>, Refused> {
    let kept = (0..)
        .take(module.function_types.len())
        .filter(|f| !plan.functions.contains(f));
    let mut numbers = Numbers {
        functions: kept.zip(0..).collect(),
        gates: &shared.gates,
        types: &module.function_types,
        table: module.table,
    };
    let mut out = wasm_encoder::Module::new();
    out.section(&types(module, &mut numbers)?);
    let mut imports = ImportSection::new();
    for import in &module.imports {
        utils::parse_import(&mut numbers, &mut imports, *import)?;
    }
    out.section(&imports);
    out.section(&functions(module, |f| !plan.functions.contains(&f)));
    let mut tables = TableSection::new();
    for (index, table) in (0..).zip(&module.tables) {
        let mut ty = numbers.table_type(table.ty)?;
        if index == module.table {
            ty.minimum = ty.minimum.max(shared.table_size());
            ty.maximum = ty.maximum.map(|max| max.max(shared.table_size()));
        }
        tables.table(ty);
    }
    out.section(&tables);
    let mut memories = MemorySection::new();
    for memory in &module.memories {
        memories.memory(numbers.memory_type(*memory)?);
    }
    out.section(&memories);
    let mut globals = GlobalSection::new();
    for global in &module.globals {
        utils::parse_global(&mut numbers, &mut globals, global.clone())?;
    }
    out.section(&globals);
    out.section(&exports(module, shared, &mut numbers)?);
    if let Some(start) = module.start {
        out.section(&StartSection {
            function_index: numbers.function_index(start)?,
        });
    }
    let mut elements = ElementSection::new();
    let stays = |f: u32| !plan.functions.contains(&f);
    put_slots(&mut elements, module, shared, &mut numbers, stays)?;
    if !module.declared.is_empty() {
        let all: Result<Vec<u32>, _> = module
            .declared
            .iter()
            .map(|f| numbers.function_index(*f))
            .collect();
        elements.declared(Elements::Functions(all?.into()));
    }
    out.section(&elements);
    let mut code = CodeSection::new();
    for (index, body) in module.defined().zip(&module.bodies) {
        if !plan.functions.contains(&index) {
            numbers.parse_function_body(&mut code, body.clone())?;
        }
    }
    out.section(&code);
    let mut data = DataSection::new();
    for (address, bytes) in &module.data {
        let mut bytes = bytes.to_vec();
        // Zeros cost nothing: wasm-opt leaves them out.
        for range in overlaps(*address, bytes.len(), plan) {
            bytes.get_mut(range).unwrap_or_default().fill(0);
        }
        data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes);
    }
    out.section(&data);
    put_features(&mut out, module);
    Ok(out.finish())
}

fn later(module: &Module<'_>, plan: &Plan, shared: &Shared) -> Result<Vec<u8>, Refused> {
    let imported = shared.functions.iter().copied();
    let mut numbers = Numbers {
        functions: imported
            .chain(plan.functions.iter().copied())
            .zip(0..)
            .collect(),
        gates: &BTreeMap::new(),
        types: &module.function_types,
        table: module.table,
    };
    let mut out = wasm_encoder::Module::new();
    out.section(&types(module, &mut numbers)?);
    let mut imports = ImportSection::new();
    for (number, function) in (0..).zip(&shared.functions) {
        let ty = module
            .function_types
            .get(*function as usize)
            .ok_or(Refused::Malformed)?;
        imports.import(
            FROM,
            &name('f', number),
            wasm_encoder::EntityType::Function(*ty),
        );
    }
    for (number, table) in (0..).zip(&module.tables) {
        let mut ty = numbers.table_type(table.ty)?;
        // It may have grown since.
        ty.maximum = None;
        if number == module.table {
            ty.minimum = ty.minimum.max(shared.table_size());
            ty.maximum = table.ty.maximum.map(|max| max.max(shared.table_size()));
        }
        imports.import(FROM, &name('t', number), ty);
    }
    for (number, memory) in (0..).zip(&module.memories) {
        imports.import(FROM, &name('m', number), numbers.memory_type(*memory)?);
    }
    for (number, global) in (0..).zip(&module.globals) {
        imports.import(FROM, &name('g', number), numbers.global_type(global.ty)?);
    }
    out.section(&imports);
    out.section(&functions(module, |f| plan.functions.contains(&f)));
    let mut elements = ElementSection::new();
    put_slots(&mut elements, module, shared, &mut numbers, |f| {
        plan.functions.contains(&f)
    })?;
    out.section(&elements);
    let mut code = CodeSection::new();
    for (index, body) in module.defined().zip(&module.bodies) {
        if plan.functions.contains(&index) {
            numbers.parse_function_body(&mut code, body.clone())?;
        }
    }
    out.section(&code);
    let mut data = DataSection::new();
    for (address, bytes) in &module.data {
        for range in overlaps(*address, bytes.len(), plan) {
            let at = address + u32::try_from(range.start).map_err(|_| Refused::Malformed)?;
            let piece = bytes.get(range).ok_or(Refused::Malformed)?;
            data.active(
                0,
                &ConstExpr::i32_const(at.cast_signed()),
                piece.iter().copied(),
            );
        }
    }
    out.section(&data);
    put_features(&mut out, module);
    Ok(out.finish())
}

fn types(module: &Module<'_>, numbers: &mut Numbers<'_>) -> Result<TypeSection, Refused> {
    let mut types = TypeSection::new();
    for group in &module.types {
        utils::parse_recursive_type_group(numbers, types.ty(), group.clone())?;
    }
    Ok(types)
}

fn functions(module: &Module<'_>, wanted: impl Fn(u32) -> bool) -> FunctionSection {
    let mut functions = FunctionSection::new();
    for (index, ty) in (0..).zip(&module.function_types) {
        if module.defined().contains(&index) && wanted(index) {
            functions.function(*ty);
        }
    }
    functions
}

/// What it exported before, and what the later part needs, under names that no other export has.
fn exports(
    module: &Module<'_>,
    shared: &Shared,
    numbers: &mut Numbers<'_>,
) -> Result<ExportSection, Refused> {
    let mut exports = ExportSection::new();
    for export in &module.exports {
        let index = match export.kind {
            ExternalKind::Func => numbers.function_index(export.index)?,
            _ => export.index,
        };
        exports.export(export.name, numbers.export_kind(export.kind)?, index);
    }
    for (number, function) in (0..).zip(&shared.functions) {
        exports.export(
            &name('f', number),
            ExportKind::Func,
            numbers.function_index(*function)?,
        );
    }
    for (kind, letter, count) in [
        (ExportKind::Table, 't', module.tables.len()),
        (ExportKind::Memory, 'm', module.memories.len()),
        (ExportKind::Global, 'g', module.globals.len()),
    ] {
        for number in (0..).take(count) {
            exports.export(&name(letter, number), kind, number);
        }
    }
    Ok(exports)
}

fn put_slots(
    elements: &mut ElementSection,
    module: &Module<'_>,
    shared: &Shared,
    numbers: &mut Numbers<'_>,
    wanted: impl Fn(u32) -> bool,
) -> Result<(), Refused> {
    let mut run: Option<(u32, Vec<u32>)> = None;
    let mut runs = Vec::new();
    for (slot, function) in &shared.slots {
        if !wanted(*function) {
            continue;
        }
        let function = numbers.function_index(*function)?;
        match &mut run {
            Some((start, functions)) if start.wrapping_add(functions.len() as u32) == *slot => {
                functions.push(function)
            }
            _ => runs.extend(run.replace((*slot, vec![function]))),
        }
    }
    runs.extend(run);
    let table = (module.table != 0).then_some(module.table);
    for (start, functions) in runs {
        elements.active(
            table,
            &ConstExpr::i32_const(start.cast_signed()),
            Elements::Functions(functions.into()),
        );
    }
    Ok(())
}

/// The bytes of a segment that come later.
fn overlaps(address: u32, len: usize, plan: &Plan) -> Vec<std::ops::Range<usize>> {
    let end = address.saturating_add(u32::try_from(len).unwrap_or(u32::MAX));
    let within = plan
        .data
        .iter()
        .filter(|range| range.start < end && range.end > address);
    within
        .map(|range| {
            (range.start.max(address) - address) as usize..(range.end.min(end) - address) as usize
        })
        .collect()
}

fn put_features(out: &mut wasm_encoder::Module, module: &Module<'_>) {
    if let Some(features) = module.features {
        out.section(&CustomSection {
            name: "target_features".into(),
            data: features.into(),
        });
    }
}

/// Short, and not a name of Rust or wasm-bindgen.
fn name(letter: char, number: u32) -> String {
    format!("{letter}{number:x}+")
}
