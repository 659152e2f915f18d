//! Writes the generated seeds into `fuzz/corpus`, over those that are there: after a change of a format.

use nines_fuzz::TARGETS;
use std::path::Path;

fn main() -> std::io::Result<()> {
    for target in &TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
        std::fs::create_dir_all(&folder)?;
        for (name, bytes) in (target.seeds)() {
            std::fs::write(folder.join(&name), bytes)?;
            println!("{}/{name}", target.name);
        }
    }
    Ok(())
}
