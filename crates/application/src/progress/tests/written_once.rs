//! Answers that are written once for each state of what they say.

use irontrack_domain::progress::{Bucket, Grouping, SecondaryFactor, VolumeBucket};
use irontrack_ports::{ChartSize, ChartTheme, DayMeasure};

use super::*;

/// How often volume was written down.
#[derive(Clone, Default)]
struct Writer(Arc<AtomicU32>);

impl Writer {
    /// The sessions with sets, and what the exercises in them are called.
    async fn volume(&self, progress: &Progress, bucket: Bucket) -> String {
        let question = VolumeQuestion {
            period: Period::default(),
            bucket,
            grouping: Grouping::Exercise,
            factor: SecondaryFactor::default(),
        };
        let written = self.0.clone();
        let render = move |buckets: Vec<VolumeBucket<'_>>| {
            written.fetch_add(1, Ordering::SeqCst);
            let name = buckets.last().and_then(|bucket| bucket.groups[0].0.name).unwrap_or("none");
            Ok(format!("{} {name}", buckets.len()).into_bytes())
        };
        let bytes = progress.volume(OWNER, question, "test", render).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    fn count(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn volume_is_written_once_for_each_state_of_history_and_exercises() {
    let ((stored, progress), writer) = (scene(10, 0), Writer::default());
    for _ in 0..3 {
        assert_eq!(writer.volume(&progress, Bucket::Session).await, "10 New name");
    }
    assert_eq!(writer.count(), 1);
    assert_eq!(writer.volume(&progress, Bucket::Month).await, "1 New name", "another question");
    stored.is_renamed.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        assert_eq!(writer.volume(&progress, Bucket::Session).await, "10 Newest name");
    }
    assert_eq!(writer.count(), 3, "the name has changed and the history has not");
    stored.is_renamed.store(false, Ordering::SeqCst);
    stored.version.fetch_add(1, Ordering::SeqCst);
    assert_eq!(writer.volume(&progress, Bucket::Session).await, "11 New name");
    assert_eq!(writer.count(), 4);
}

#[tokio::test]
async fn a_year_is_drawn_once_for_each_state_of_the_history() {
    let pencil = Arc::new(Pencil::default());
    let (stored, progress) = scene_with(10, 0, pencil.clone());
    let draw = async |year: i32| {
        let size = ChartSize::fixed::<800, 200>();
        let request = CalendarChartRequest { year, measure: DayMeasure::Sessions, size, theme: ChartTheme::Light };
        let bytes = progress.calendar_chart(OWNER, &request).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    for _ in 0..3 {
        assert_eq!(draw(1970).await, "10");
    }
    assert_eq!(draw(1971).await, "0");
    assert_eq!(pencil.years.load(Ordering::SeqCst), 2);
    stored.version.fetch_add(1, Ordering::SeqCst);
    assert_eq!(draw(1970).await, "11");
    assert_eq!(pencil.years.load(Ordering::SeqCst), 3);
}
