// RecordingStore
