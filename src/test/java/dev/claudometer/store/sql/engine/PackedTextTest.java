package dev.claudometer.store.sql.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Ids of Anthropic's form take 17 bytes, and every text comes back as it was.
class PackedTextTest {

  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /// The last two digits are 1 and 0, 62 in all: 12 bits. Of the others the tenth is 1, the
  /// twentieth 2.
  @Test
  void numbersAreWhereTheyAreSaidToBe() {
    assertThat(HexFormat.of().formatHex(PackedText.MESSAGE_ID.pack("msg_010000000001000000000210")))
        .isEqualTo("003e" + "000000000000001" + "000000000000002");
    assertThat(HexFormat.of().formatHex(PackedText.REQUEST_ID.pack("req_01zzzzzzzzzzzzzzzzzzzzzz")))
        .isEqualTo("0f03" + "ba5ca5392cb03ff" + "ba5ca5392cb03ff");
  }

  @Test
  void everyIdComesBack() {
    var random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      var id = new StringBuilder("toolu_01");
      for (int digit = 0; digit < 22; digit++) {
        id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      String text = id + " Read";
      byte[] packed = PackedText.TOOLS.pack(text);
      assertThat(packed).hasSize(17 + 4);
      assertThat(PackedText.TOOLS.unpack(packed)).isEqualTo(text);
    }
  }

  @Test
  void everyLineOfToolsComesBackWhateverItsNameIs() {
    String id = "toolu_01XFDUDYJgAACzvnptvVoYEL";
    for (String text :
        List.of(
            id + " ",
            id + " Read\n" + id + " ",
            id + " \n" + id + " mcp__été__日本 😀\n" + id + " Bash",
            id + " a name with blanks\n" + id + " \\n")) {
      assertThat(PackedText.TOOLS.unpack(PackedText.TOOLS.pack(text))).isEqualTo(text);
    }
  }

  @Test
  void anyOtherTextStaysAText() {
    for (String text :
        List.of(
            "",
            "msg_01",
            "msg_01000000000000000000000",
            "msg_0100000000000000000000000",
            "msg_02XFDUDYJgAACzvnptvVoYEL",
            "msg_01XFDUDYJgAACzvnptvVoYE-",
            "msg_01XFDUDYJgAACzvnptvVoYEé",
            "call:req_01XFDUDYJgAACzvnptvVoYEL",
            "8f5c7a0e-53b9-4a3c-9b53-0e6b9e1a77f2")) {
      assertThat(PackedText.MESSAGE_ID.pack(text)).as(text).isNull();
    }
    for (String text :
        List.of(
            "",
            "toolu_01XFDUDYJgAACzvnptvVoYEL",
            "toolu_01XFDUDYJgAACzvnptvVoYEL Read\n",
            "toolu_01XFDUDYJgAACzvnptvVoYEL Read\ntoolu_vrtx_01XFDUDYJgAACzvnptvVoYEL Bash",
            "toolu_7 Read")) {
      assertThat(PackedText.TOOLS.pack(text)).as(text).isNull();
    }
  }
}
