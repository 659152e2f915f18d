use super::*;

#[test]
fn a_median_is_the_middle_or_the_mean_of_two() {
    let of = |seconds: &[i64]| median(seconds.iter().copied().map(DurationUs::from_secs).collect());
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[30]), Some(DurationUs::from_secs(30)));
    assert_eq!(of(&[90, 10, 30]), Some(DurationUs::from_secs(30)));
    assert_eq!(of(&[10, 30, 90, 40]), Some(DurationUs::from_secs(35)));
}
