//! Who refers to whom, from what the linker wrote with `--emit-relocs`.
//!
//! Format: <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use wasmparser::{
    DataKind, KnownCustom, Linking, Operator, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo,
};

use crate::Refused;

/// A function by its symbol's name, or a piece of data by its place in [`Linked::data`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A function. Its name is the same in the module that wasm-bindgen writes.
    Function(String),
    /// A constant, a vtable or a variable.
    Data(usize),
}

/// What the linker knows.
#[derive(Debug, Default)]
pub struct Linked {
    /// Each piece of data: its addresses in memory.
    pub data: Vec<Range<u32>>,
    /// From whom to whom: calls, and addresses of functions and of data.
    pub edges: BTreeMap<Node, BTreeSet<Node>>,
    /// Every function that has a name of its own.
    pub functions: BTreeSet<String>,
}

#[derive(Default)]
struct Sections<'a> {
    symbols: Vec<SymbolInfo<'a>>,
    /// The function bodies, by their bytes in the code section; the first is number `imports`.
    bodies: Vec<Range<usize>>,
    imports: u32,
    /// Each data segment: its address, and its bytes in the data section.
    segments: Vec<(u32, Range<usize>)>,
    code: Vec<RelocationEntry>,
    data: Vec<RelocationEntry>,
}

impl Linked {
    /// Reads the linker's output.
    ///
    /// # Errors
    /// It is not a module, or was linked without `--emit-relocs`.
    pub fn read(module: &[u8]) -> Result<Self, Refused> {
        let sections = Sections::read(module)?;
        if sections.symbols.is_empty() || sections.code.is_empty() {
            return Err(Refused::NoRelocations);
        }
        sections.graph()
    }
}

impl<'a> Sections<'a> {
    fn read(module: &'a [u8]) -> Result<Self, Refused> {
        let mut all = Self::default();
        let mut code_at = 0;
        let (mut number, mut code_number, mut data_number) = (0, None, None);
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        all.imports +=
                            u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => {
                    (code_at, code_number) = (range.start, Some(number));
                }
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    all.bodies.push(range.start - code_at..range.end - code_at);
                }
                Payload::DataSection(segments) => {
                    let data_at = segments.range().start;
                    data_number = Some(number);
                    for segment in segments.clone() {
                        let segment = segment?;
                        let end = segment.range.end - data_at;
                        let start = end - segment.data.len();
                        all.segments.push((address(&segment.kind)?, start..end));
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(symbols) = part? {
                                all.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                            }
                        }
                    }
                    KnownCustom::Reloc(relocations) => {
                        let entries = relocations.entries().into_iter();
                        let entries: Vec<_> = entries.collect::<Result<_, _>>()?;
                        let of = Some(relocations.section_index());
                        if of == code_number {
                            all.code = entries;
                        } else if of == data_number {
                            all.data = entries;
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
            number += u32::from(is_section(&payload));
        }
        Ok(all)
    }

    fn graph(&self) -> Result<Linked, Refused> {
        let mut linked = Linked::default();
        let mut names: HashMap<u32, String> = HashMap::new();
        let mut pieces: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for symbol in &self.symbols {
            match symbol {
                SymbolInfo::Func {
                    index,
                    name: Some(name),
                    ..
                } => {
                    let name = names.entry(*index).or_insert_with(|| (*name).to_owned());
                    if !linked.functions.insert(name.clone()) {
                        twice.insert(name.clone());
                    }
                }
                SymbolInfo::Data {
                    symbol: Some(symbol),
                    ..
                } => {
                    let range = self.addresses(symbol.index, symbol.offset, symbol.size)?;
                    pieces.entry((range.start, range.end)).or_insert_with(|| {
                        linked.data.push(range);
                        linked.data.len() - 1
                    });
                }
                _ => {}
            }
        }
        let target = |entry: &RelocationEntry| -> Option<Node> {
            use RelocationType as R;
            let symbol = self.symbols.get(usize::try_from(entry.index).ok()?)?;
            match (entry.ty, symbol) {
                (R::TypeIndexLeb, _) => None,
                (_, SymbolInfo::Func { index, .. }) => {
                    Some(Node::Function(names.get(index)?.clone()))
                }
                (
                    _,
                    SymbolInfo::Data {
                        symbol: Some(s), ..
                    },
                ) => {
                    let range = self.addresses(s.index, s.offset, s.size).ok()?;
                    Some(Node::Data(*pieces.get(&(range.start, range.end))?))
                }
                _ => None,
            }
        };
        for entry in &self.code {
            let offset = entry.offset as usize;
            let body = self.bodies.partition_point(|body| body.end <= offset);
            let index = self.imports + u32::try_from(body).unwrap_or(u32::MAX);
            let (Some(from), Some(to)) = (names.get(&index), target(entry)) else {
                continue;
            };
            linked
                .edges
                .entry(Node::Function(from.clone()))
                .or_default()
                .insert(to);
        }
        let by_start: Vec<((u32, u32), usize)> = pieces.iter().map(|(k, v)| (*k, *v)).collect();
        for entry in &self.data {
            let Some(to) = target(entry) else { continue };
            let at = self.address_of(entry.offset as usize)?;
            for ((start, end), piece) in &by_start {
                if (*start..*end).contains(&at) {
                    linked
                        .edges
                        .entry(Node::Data(*piece))
                        .or_default()
                        .insert(to.clone());
                }
            }
        }
        linked.functions.retain(|name| !twice.contains(name));
        Ok(linked)
    }

    fn addresses(&self, segment: u32, offset: u32, size: u32) -> Result<Range<u32>, Refused> {
        let (address, _) = self
            .segments
            .get(segment as usize)
            .ok_or(Refused::Malformed)?;
        let start = address.checked_add(offset).ok_or(Refused::Malformed)?;
        Ok(start..start.checked_add(size).ok_or(Refused::Malformed)?)
    }

    fn address_of(&self, offset: usize) -> Result<u32, Refused> {
        let found = self
            .segments
            .iter()
            .find(|(_, bytes)| bytes.contains(&offset));
        let (address, bytes) = found.ok_or(Refused::Malformed)?;
        u32::try_from(offset - bytes.start)
            .map(|o| address + o)
            .map_err(|_| Refused::Malformed)
    }
}

/// Where an active segment goes.
pub fn address(kind: &DataKind<'_>) -> Result<u32, Refused> {
    let DataKind::Active {
        memory_index: 0,
        offset_expr,
    } = kind
    else {
        return Err(Refused::Shape("a data segment without an address"));
    };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Err(Refused::Shape(
            "a data segment at an address that is computed",
        )),
    }
}

fn is_section(payload: &Payload<'_>) -> bool {
    !matches!(
        payload,
        Payload::Version { .. } | Payload::CodeSectionEntry(_) | Payload::End(_)
    )
}
