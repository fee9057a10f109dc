package dev.claudometer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoticeTest {

  private static final String HOSTILE = "\"; touch /tmp/x; $(id) `id` --icon=x";

  @Test
  void wordsAreArgumentsAndNeverAScript() {
    assertThat(Notice.command("Linux", HOSTILE))
        .containsExactly("notify-send", "--app-name", "Claudometer", "--", "Claudometer", HOSTILE);
    assertThat(Notice.command("Mac OS X", HOSTILE)).endsWith(HOSTILE, "Claudometer");
    assertThat(Notice.command("Mac OS X", HOSTILE).get(2)).doesNotContain("touch");
  }
}
