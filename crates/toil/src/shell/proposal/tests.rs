use super::*;
use crate::shell::{grams, history};

#[test]
fn a_proposal_is_a_runbook_whose_values_are_parameters() {
    let history = history::read(include_bytes!("../grams/h1.zsh_history")).unwrap();
    let gram = &grams::mine(history.last())[0];
    let proposal = propose(gram, Lang::En, &mut BTreeSet::new());
    let expected = "---\nnines: runbook/1\nid: kubectl-delete-pod\nparams:\n  namespace: { prompt: \"namespace\" }\n  pod: { prompt: \"pod\" }\n  url: { prompt: \"url\" }\ntoil: { category: other }\n---\n
Proposed by `nines toil mine`: typed in 3 sessions on 3 days, 1m50s each time (median).
Say when it is needed, what each step shows and when to stop; then `nines runbook approve` it.

## 1. kubectl get pods

```sh {id=step-1 readonly}
kubectl get pods -n \"$namespace\"
```

## 2. kubectl delete pod

```sh {id=step-2 confirm}
kubectl delete pod \"$pod\" -n \"$namespace\"
```

## 3. kubectl get pods

```sh {id=step-3 readonly}
kubectl get pods -n \"$namespace\"
```

## 4. curl

```sh {id=step-4 readonly}
curl -s \"$url\"
```
";
    assert_eq!((proposal.id.as_str(), proposal.markdown.as_str()), ("kubectl-delete-pod", expected));
    let korean = propose(gram, Lang::Ko, &mut BTreeSet::from(["kubectl-delete-pod".to_owned()]));
    assert!(korean.markdown.contains("중앙값") && korean.id == "kubectl-delete-pod-2");
}

#[test]
fn a_proposal_is_taken_as_a_runbook_as_it_is() {
    let history = history::read(include_bytes!("../grams/h1.zsh_history")).unwrap();
    let pipe = "cat a | grep x > b && TOKEN=t deploy --to=eu https://x 2>&1";
    let grams = [
        grams::mine(history.last()).swap_remove(0),
        of(&[&[pipe, "mv a b"], &["cat c | grep y > d && TOKEN=u deploy --to=us https://y 2>&1", "mv c d"]]),
    ];
    for gram in &grams {
        for lang in [Lang::En, Lang::Ko] {
            let proposal = propose(gram, lang, &mut BTreeSet::new());
            let loaded = crate::runbook::read("proposal.md", proposal.markdown.as_bytes());
            let told: Vec<String> = loaded.findings.iter().map(|finding| finding.render(lang)).collect();
            assert_eq!(told, [""; 0], "{}", proposal.markdown);
            // What asks for parameters are steps, too.
            let steps = loaded.runbook.unwrap().steps;
            assert_eq!(steps.iter().filter(|step| step.id.starts_with("step-")).count(), gram.steps.len());
        }
    }
}

fn of(occurrences: &[&[&str]]) -> Gram {
    use crate::shell::template::{Read, read};
    let template = |text: &&str| match read(text) {
        Read::Command(template) => template,
        other => panic!("{other:?}"),
    };
    let occurrences: Vec<Vec<Template>> =
        occurrences.iter().map(|texts| texts.iter().map(template).collect()).collect();
    Gram {
        steps: occurrences[0].iter().map(Template::text).collect(),
        n_sessions: occurrences.len(),
        n_days: 2,
        median: nines_base::DurationUs(0),
        is_dev_loop: false,
        last: nines_base::Timestamp(0),
        occurrences,
    }
}

#[test]
fn values_that_are_always_alike_are_one_parameter_and_others_are_not() {
    let gram = of(&[&["mv a b", "rm --force b"], &["mv c d", "rm --force d"], &["mv e f", "rm --force x"]]);
    assert_eq!(parameters(&gram), ["arg", "arg_2", "force"]);
    let gram = of(&[&["mv a b", "rm --force b"], &["mv c d", "rm --force d"]]);
    assert_eq!(parameters(&gram), ["arg", "arg_2", "arg_2"]);
}

#[test]
fn only_what_surely_looks_needs_no_confirmation() {
    let looks = |text: &str| only_looks(&of(&[&[text]]).occurrences[0][0]);
    for text in ["kubectl get pods", "git log -n5", "curl -s https://x", "df -h", "systemctl status pay"] {
        assert!(looks(text), "{text}");
    }
    for text in [
        "kubectl apply -f x",
        "curl -XPOST https://x",
        "git push",
        "df -h > x",
        "git log | sh",
        "X=1 df",
        "sudo df",
        "kubectl exec x",
    ] {
        assert!(!looks(text), "{text}");
    }
}
