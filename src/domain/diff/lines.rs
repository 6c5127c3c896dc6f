//! Long texts line by line: what was taken out, what was put in.
//!
//! Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), without the linear-space
//! refinement: scripts and profiles have hundreds of lines, and the work is bounded.

/// Lines that stay the same, kept around each change.
const CONTEXT: usize = 3;
/// The most edits that are looked for; past it the two middles stand one after the other.
const EDITS: usize = 1000;
/// The most lines that are given out.
const LIMIT: usize = 2000;

/// A sign (` ` the same, `-` only left, `+` only right) and the line.
pub type SignedLine = (char, String);

/// Compares two texts by line. Runs of equal lines are cut down to what stands near a change.
pub fn diff(left: &str, right: &str) -> Vec<SignedLine> {
    let (l, r): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let head = l.iter().zip(&r).take_while(|(a, b)| a == b).count();
    let tail = l[head..]
        .iter()
        .rev()
        .zip(r[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mut out: Vec<(char, &str)> = l[..head].iter().map(|line| (' ', *line)).collect();
    middle(&l[head..l.len() - tail], &r[head..r.len() - tail], &mut out);
    out.extend(l[l.len() - tail..].iter().map(|line| (' ', *line)));
    fold(&out)
}

fn middle<'t>(l: &[&'t str], r: &[&'t str], out: &mut Vec<(char, &'t str)>) {
    let Some(steps) = search(l, r) else {
        out.extend(l.iter().map(|line| ('-', *line)));
        out.extend(r.iter().map(|line| ('+', *line)));
        return;
    };
    // Walks back from the end, one step of the search after the other.
    let (mut x, mut y) = (l.len(), r.len());
    let mut back = Vec::new();
    for (depth, furthest) in steps.iter().enumerate().rev() {
        let k = x as isize - y as isize;
        let from = if came_from_above(furthest, depth as isize, k) {
            k + 1
        } else {
            k - 1
        };
        let (x0, y0) = match depth {
            0 => (0, 0),
            _ => {
                let x0 = furthest[at(from, depth as isize)];
                (x0, (x0 as isize - from) as usize)
            }
        };
        while x > x0 && y > y0 {
            back.push((' ', l[x - 1]));
            (x, y) = (x - 1, y - 1);
        }
        if depth > 0 && x > x0 {
            back.push(('-', l[x - 1]));
        } else if depth > 0 && y > y0 {
            back.push(('+', r[y - 1]));
        }
        (x, y) = (x0, y0);
    }
    out.extend(back.into_iter().rev());
}

/// Index of a diagonal in the record of a step of this depth.
const fn at(k: isize, depth: isize) -> usize {
    (k + depth) as usize
}

fn came_from_above(furthest: &[usize], depth: isize, k: isize) -> bool {
    k == -depth || (k != depth && furthest[at(k - 1, depth)] < furthest[at(k + 1, depth)])
}

/// For each number of edits, how far each diagonal reached before it. `None`: too many edits.
fn search(l: &[&str], r: &[&str]) -> Option<Vec<Vec<usize>>> {
    let (n, m) = (l.len() as isize, r.len() as isize);
    let most = (n + m).min(EDITS as isize);
    let size = 2 * most as usize + 3;
    let mut reach = vec![0usize; size];
    let index = |k: isize| (k + most + 1) as usize;
    let mut steps = Vec::new();
    for depth in 0..=most {
        steps.push(
            (-depth..=depth)
                .map(|k| reach[index(k)])
                .collect::<Vec<_>>(),
        );
        let before = steps.last()?.clone();
        for k in (-depth..=depth).step_by(2) {
            let mut x = if depth == 0 {
                0
            } else if came_from_above(&before, depth, k) {
                before[at(k + 1, depth)]
            } else {
                before[at(k - 1, depth)] + 1
            };
            let mut y = (x as isize - k) as usize;
            while (x as isize) < n && (y as isize) < m && l[x] == r[y] {
                (x, y) = (x + 1, y + 1);
            }
            reach[index(k)] = x;
            if x as isize >= n && y as isize >= m {
                return Some(steps);
            }
        }
    }
    None
}

/// Leaves out what is far from any change.
fn fold(lines: &[(char, &str)]) -> Vec<SignedLine> {
    let mut near = vec![false; lines.len()];
    for (n, (sign, _)) in lines.iter().enumerate() {
        if *sign != ' ' {
            let to = (n + CONTEXT + 1).min(lines.len());
            near[n.saturating_sub(CONTEXT)..to].fill(true);
        }
    }
    let mut out = Vec::new();
    let mut left_out = 0;
    for (n, (sign, line)) in lines.iter().enumerate() {
        if out.len() >= LIMIT {
            out.push((' ', format!("⋯ {} more lines", lines.len() - n)));
            return out;
        }
        if near[n] {
            if left_out > 0 {
                out.push((' ', format!("⋯ {left_out} lines the same")));
                left_out = 0;
            }
            out.push((*sign, (*line).to_owned()));
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 && !out.is_empty() {
        out.push((' ', format!("⋯ {left_out} lines the same")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(left: &str, right: &str) -> String {
        let lines = diff(&left.replace(' ', "\n"), &right.replace(' ', "\n"));
        let lines: Vec<String> = lines.iter().map(|(s, l)| format!("{s}{l}")).collect();
        lines.join("|")
    }

    #[test]
    fn lines_are_taken_out_and_put_in_where_they_stand() {
        let cases = [
            ("a b c", "a b c", ""),
            ("a b c", "a x c", " a|-b|+x| c"),
            ("a b", "a b c", " a| b|+c"),
            ("b c", "a b c", "+a| b| c"),
            ("", "a", "+a"),
            ("a", "", "-a"),
            ("a b c a b b a", "c b a b a c", "-a|-b| c|+b| a| b|-b| a|+c"),
            ("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 x", " 6| 7| 8|-9|+x"),
        ];
        for (left, right, wanted) in cases {
            let found = plain(left, right);
            let found = found.trim_start_matches(" ⋯ 5 lines the same|");
            assert_eq!(found, wanted, "{left} / {right}");
        }
    }

    #[test]
    fn what_is_left_of_the_diff_is_each_text() {
        let mut seed = 7u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % below
        };
        for _ in 0..300 {
            let mut text = |_| -> Vec<String> {
                let count = next(12);
                (0..count).map(|_| next(4).to_string()).collect()
            };
            let (l, r): (Vec<String>, Vec<String>) = (text(0), text(1));
            let (a, b): (Vec<&str>, Vec<&str>) = (
                l.iter().map(String::as_str).collect(),
                r.iter().map(String::as_str).collect(),
            );
            let mut out = Vec::new();
            middle(&a, &b, &mut out);
            let side = |drop: char| -> Vec<&str> {
                let kept = out.iter().filter(|(sign, _)| *sign != drop);
                kept.map(|(_, line)| *line).collect()
            };
            assert_eq!(side('+'), a);
            assert_eq!(side('-'), b);
        }
    }
}
