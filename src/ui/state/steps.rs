//! Long lists that are drawn step by step.

use domain::protocol::SettingView;

/// Settings that are drawn at once; a button draws as many more.
const STEP: usize = 1_500;

/// Where each step ends: before a setting that stands below no other, where one is near.
pub fn ends(list: &[SettingView]) -> impl Iterator<Item = usize> {
    let next = |from: &usize| {
        let at = (from + STEP).min(list.len());
        let below = list[at..].iter().take_while(|s| s.depth > 0).count();
        let end = at + if below < STEP { below } else { 0 };
        (*from < list.len()).then_some(end)
    };
    std::iter::successors(next(&0), next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_in_one_step() {
        let list = |depths: &[(usize, u16)]| -> Vec<SettingView> {
            let one = |depth: u16| SettingView {
                depth,
                ..SettingView::default()
            };
            let each = depths.iter().flat_map(|(n, d)| std::iter::repeat_n(*d, *n));
            each.map(one).collect()
        };
        type Case<'c> = (&'c [(usize, u16)], &'c [usize]);
        let cases: [Case; 6] = [
            (&[(0, 0)], &[]),
            (&[(1_500, 0)], &[1_500]),
            (&[(1_501, 0)], &[1_500, 1_501]),
            // What lies below a setting stays with it.
            (&[(1_500, 0), (9, 1), (10, 0)], &[1_509, 1_519]),
            // One setting with thousands below it is cut all the same.
            (&[(1, 0), (4_000, 1)], &[1_500, 4_001]),
            (&[(4_000, 0)], &[1_500, 3_000, 4_000]),
        ];
        for (depths, wanted) in cases {
            let ends: Vec<usize> = ends(&list(depths)).collect();
            assert_eq!(ends, wanted, "{depths:?}");
        }
        assert_eq!(ends(&list(&[(10_000, 0)])).last(), Some(10_000));
    }
}
