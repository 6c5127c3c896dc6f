//! The module that is split: what wasm-bindgen wrote, before wasm-opt.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasmparser::{
    Data, ElementItems, ElementKind, Export, ExternalKind, FunctionBody, Global, Import,
    KnownCustom, Name, Operator, Parser, Payload, Table, TypeRef,
};

use crate::Refused;
use crate::linked::address;

/// The sections of a module, read.
#[derive(Default)]
pub struct Module<'a> {
    /// The type section, as it is.
    pub types: Vec<wasmparser::RecGroup>,
    /// Imports: functions only, because wasm-bindgen writes no others.
    pub imports: Vec<Import<'a>>,
    /// The type of each function, imported ones first.
    pub function_types: Vec<u32>,
    /// Tables.
    pub tables: Vec<Table<'a>>,
    /// The memory.
    pub memories: Vec<wasmparser::MemoryType>,
    /// Globals.
    pub globals: Vec<Global<'a>>,
    /// Exports.
    pub exports: Vec<Export<'a>>,
    /// What runs at the start.
    pub start: Option<u32>,
    /// Which function stands at which place of the table of functions.
    pub slots: BTreeMap<u32, u32>,
    /// The table of functions.
    pub table: u32,
    /// Element segments that put nothing anywhere: they declare what `ref.func` may name.
    pub declared: Vec<u32>,
    /// Bodies of the functions that are not imported.
    pub bodies: Vec<FunctionBody<'a>>,
    /// Segments: address and bytes.
    pub data: Vec<(u32, &'a [u8])>,
    /// `target_features`, as it is: wasm-opt reads it.
    pub features: Option<&'a [u8]>,
    /// Names of functions.
    pub names: BTreeMap<u32, String>,
    /// What each function calls.
    pub calls: BTreeMap<u32, BTreeSet<u32>>,
    /// What the outside calls.
    pub roots: BTreeSet<u32>,
}

impl<'a> Module<'a> {
    /// Reads a module.
    ///
    /// # Errors
    /// It is not what wasm-bindgen wrote so far.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refused> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?)?;
        }
        for export in &module.exports {
            if export.kind == ExternalKind::Func {
                module.roots.insert(export.index);
            }
        }
        module.roots.extend(module.start);
        for (place, body) in module.bodies.iter().enumerate() {
            let index = module.imports.len() + place;
            let called = called(body)?;
            module.calls.insert(
                u32::try_from(index).map_err(|_| Refused::Malformed)?,
                called,
            );
        }
        Ok(module)
    }

    /// The functions that are not imported.
    pub fn defined(&self) -> Range<u32> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        count(self.imports.len())..count(self.function_types.len())
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), Refused> {
        match payload {
            Payload::TypeSection(types) => {
                self.types = types.into_iter().collect::<Result<_, _>>()?
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    let TypeRef::Func(ty) = import.ty else {
                        return Err(Refused::Shape("an import that is not a function"));
                    };
                    self.function_types.push(ty);
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(functions) => {
                for ty in functions {
                    self.function_types.push(ty?);
                }
            }
            Payload::TableSection(tables) => {
                self.tables = tables.into_iter().collect::<Result<_, _>>()?
            }
            Payload::MemorySection(memories) => {
                self.memories = memories.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::GlobalSection(globals) => {
                self.globals = globals.into_iter().collect::<Result<_, _>>()?
            }
            Payload::ExportSection(exports) => {
                self.exports = exports.into_iter().collect::<Result<_, _>>()?
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.element(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(segments) => {
                for segment in segments {
                    let Data { kind, data, .. } = segment?;
                    self.data.push((address(&kind)?, data));
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Name(names) => {
                    for part in names {
                        if let Name::Function(functions) = part? {
                            for naming in functions {
                                let naming = naming?;
                                self.names.insert(naming.index, naming.name.to_owned());
                            }
                        }
                    }
                }
                _ if custom.name() == "target_features" => self.features = Some(custom.data()),
                _ => {}
            },
            Payload::TagSection(_) => return Err(Refused::Shape("exceptions")),
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, element: wasmparser::Element<'a>) -> Result<(), Refused> {
        let ElementItems::Functions(functions) = element.items else {
            return Err(Refused::Shape("a table of other things than functions"));
        };
        let start = match element.kind {
            ElementKind::Active {
                table_index,
                offset_expr,
            } => {
                self.table = table_index.unwrap_or(0);
                match offset_expr.get_operators_reader().read()? {
                    Operator::I32Const { value } => value.cast_unsigned(),
                    _ => return Err(Refused::Shape("a table that is filled at a computed place")),
                }
            }
            ElementKind::Declared => {
                for function in functions {
                    self.declared.push(function?);
                }
                return Ok(());
            }
            ElementKind::Passive => return Err(Refused::Shape("a passive element segment")),
        };
        for (slot, function) in (start..).zip(functions) {
            self.slots.insert(slot, function?);
        }
        Ok(())
    }
}

/// What a body calls, or makes a reference to.
fn called(body: &FunctionBody<'_>) -> Result<BTreeSet<u32>, Refused> {
    let mut called = BTreeSet::new();
    for operator in body.get_operators_reader()? {
        if let Operator::Call { function_index }
        | Operator::ReturnCall { function_index }
        | Operator::RefFunc { function_index } = operator?
        {
            called.insert(function_index);
        }
    }
    Ok(called)
}
