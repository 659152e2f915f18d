//! The rules that are in force where this runs, as the system's own iptables tells them. Nothing is changed.

use crate::messages::{Error, Fact};
use crate::tool::Tool;
use nines_traffic::net::Family;

/// What each iptables that holds rules of a family says of them. Both may: packets then meet both.
///
/// # Errors
/// Where no iptables is installed, or one may not read.
pub fn running(family: Family) -> Result<Vec<(Tool, String)>, Error> {
    let installed: Vec<Tool> =
        [Tool::Nft, Tool::Legacy].into_iter().filter(|tool| tool.find_saver(family).is_ok()).collect();
    if installed.is_empty() {
        return Err(Error::Unavailable(Fact::NoTool {
            tool: Tool::Nft.saver(family).to_owned(),
            package: "iptables".to_owned(),
        }));
    }
    let mut held = Vec::new();
    for tool in installed {
        let text = tool.save(family)?;
        if holds_rules(&text) {
            held.push((tool, text));
        }
    }
    Ok(held)
}

/// Whether a save file does anything to a packet.
fn holds_rules(text: &str) -> bool {
    text.lines().any(|line| {
        line.starts_with("-A ") || line.starts_with('[') || line.starts_with(':') && line.contains(" DROP ")
    })
}

#[cfg(test)]
mod tests {
    use super::holds_rules;

    #[test]
    fn tables_without_rules_hold_none() {
        assert!(!holds_rules(""));
        assert!(!holds_rules("# by iptables-save\n*filter\n:INPUT ACCEPT [1:2]\n:u - [0:0]\nCOMMIT\n"));
        assert!(holds_rules("*filter\n:INPUT DROP [0:0]\nCOMMIT\n"));
        assert!(holds_rules("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n"));
    }
}
