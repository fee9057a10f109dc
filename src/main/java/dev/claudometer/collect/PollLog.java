package dev.claudometer.collect;

/// Where a poll says what people should know.
public interface PollLog {

  /// Nobody reads it: whoever runs a single round looks at its outcome.
  PollLog NONE =
      new PollLog() {
        @Override
        public void failed(String sentence) {
          // the outcome has it
        }

        @Override
        public void news(String sentence) {
          // the outcome has it
        }
      };

  void failed(String sentence);

  void news(String sentence);

  /// The log of a process that runs for long.
  static PollLog log(String category) {
    System.Logger log = System.getLogger("claudometer." + category);
    return new PollLog() {
      @Override
      public void failed(String sentence) {
        log.log(System.Logger.Level.WARNING, sentence);
      }

      @Override
      public void news(String sentence) {
        log.log(System.Logger.Level.INFO, sentence);
      }
    };
  }
}
