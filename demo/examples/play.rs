//! Plays the demo's world against any server that takes Zipkin's JSON v2:
//! `cargo run -p nines-demo --example play -- http://127.0.0.1:9411 60` for sixty seconds.

use std::time::Duration;

use nines_demo::{DemoConfig, log_layer, start};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(log_layer(LevelFilter::INFO)))?;
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().unwrap_or_else(|| "http://127.0.0.1:9411".to_owned());
    let seconds = arguments.next().map_or(Ok(60), |text| text.parse())?;
    let demo = start(DemoConfig::new(url)).await?;
    for (name, address) in demo.edges() {
        println!("{name} http://{address}");
    }
    let mut events = demo.subscribe();
    let play = async {
        while let Ok(event) = events.recv().await {
            println!("{event:?}");
        }
    };
    // The end of the time is the normal end.
    let _ = tokio::time::timeout(Duration::from_secs(seconds), play).await;
    println!("{:?}", demo.shutdown().await);
    Ok(())
}
