use super::*;

fn of(labels: &[&str]) -> Option<(String, Category, Option<Class>)> {
    let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
    sort(&labels).unwrap().map(|sorted| (sorted.task, sorted.category, sorted.class))
}

#[test]
fn labels_say_what_sort_of_work_it_is() {
    assert_eq!(of(&["enhancement", "P1"]), None);
    assert_eq!(of(&[]), None);
    assert_eq!(of(&["type: Access"]), Some(("access".into(), Category::BusinessProcess, None)));
    assert_eq!(of(&["Service Request"]), Some(("service-request".into(), Category::BusinessProcess, None)));
    assert_eq!(of(&["toil", "area/quota"]), Some(("quota".into(), Category::BusinessProcess, Some(Class::Toil))));
    assert_eq!(
        of(&["priority/high", "toil", "Log Rotation"]),
        Some(("log-rotation".into(), Category::Other, Some(Class::Toil)))
    );
    assert_eq!(of(&["toil"]), Some(("toil".into(), Category::Other, Some(Class::Toil))));
    assert_eq!(of(&["accessibility"]), None);
}

#[test]
fn overhead_is_refused_whatever_else_is_said() {
    assert!(sort(&["toil".to_owned(), "kind/meeting".to_owned()]).is_err());
}

#[test]
fn what_was_kept_goes_before_what_was_thought() {
    let of = |labels: &[&str]| effort(&labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>());
    let minutes = |minutes: i64| DurationUs::from_secs(minutes * 60);
    assert_eq!(of(&["estimate:1h30m", "spent: 20 min"]), Some((minutes(20), Evidence::Imported)));
    assert_eq!(of(&["time/45min"]), Some((minutes(45), Evidence::Declared)));
    assert_eq!(of(&["estimate:much", "access"]), None);
}
