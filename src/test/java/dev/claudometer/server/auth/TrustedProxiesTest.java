package dev.claudometer.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES = TrustedProxies.of("10.0.0.0/9, ::1 192.168.1.7");

  @Test
  void strangersWordOnTheCallerIsNotTaken() {
    assertThat(PROXIES.caller("8.8.8.8", "1.2.3.4")).isEqualTo("8.8.8.8");
    assertThat(TrustedProxies.of("").caller("127.0.0.1", "1.2.3.4")).isEqualTo("127.0.0.1");
    assertThat(PROXIES.caller("10.200.0.1", "1.2.3.4")).as("beyond /9").isEqualTo("10.200.0.1");
  }

  @Test
  void lastHopThatIsNoProxyOfOursIsTheCaller() {
    assertThat(PROXIES.caller("10.1.2.3", "1.2.3.4")).isEqualTo("1.2.3.4");
    assertThat(PROXIES.caller("10.1.2.3", "6.6.6.6, 1.2.3.4, 192.168.1.7")).isEqualTo("1.2.3.4");
    assertThat(PROXIES.caller("0:0:0:0:0:0:0:1", "[2001:db8::1]:443"))
        .isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(PROXIES.caller("10.1.2.3", "1.2.3.4:5678")).isEqualTo("1.2.3.4");
    assertThat(PROXIES.caller("10.1.2.3", null)).isEqualTo("10.1.2.3");
  }

  @Test
  void hostileHeadersAreHarmless() {
    for (String header :
        new String[] {
          "",
          ",",
          "localhost",
          "evil.example",
          "1.2.3",
          "999.1.1.1",
          "x".repeat(10_000),
          "1.2.3.4,".repeat(5_000),
          "\u0000",
          "::ffff:zz",
          "[",
          "]:1"
        }) {
      assertThat(PROXIES.caller("10.1.2.3", header)).isIn("10.1.2.3", "1.2.3.4");
    }
  }

  @Test
  void networkThatIsNoneIsNamed() {
    for (String wrong : new String[] {"10.0.0.0/33", "example.com", "10.0.0.0/x", "1.2.3"}) {
      assertThatThrownBy(() -> TrustedProxies.of(wrong)).hasMessageContaining(wrong);
    }
  }
}
