package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.claudometer.model.Claim;
import dev.claudometer.wire.body.Excerpt;
import dev.claudometer.wire.body.MalformedDelivery;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a [Delivery]. A bad element is rejected alone; only a body that is not of the protocol's
/// shape is refused.
public final class DeliveryReader {

  private static final String EXPECTED = "{\"protocol\":1,\"agent\":\"…\",\"observations\":[…]}";

  /// A file's damages and names are its element's largest part.
  private static final int MOST_VALUES = 50_000;

  private final JsonParser parser;
  private final RecentTexts texts = new RecentTexts();
  private final List<DeliveryEntry> entries = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private boolean protocolStated;
  private boolean observationsSeen;
  private String agent = "";
  private @Nullable Claim claim;

  private DeliveryReader(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads a body that is not encoded any more.
  ///
  /// @throws MalformedDelivery where it is not JSON or not of the shape
  /// @throws IOException where the connection fails
  public static Delivery read(InputStream body) throws IOException {
    try (JsonParser parser = JsonBody.parser(body)) {
      return new DeliveryReader(parser).whole();
    } catch (CharConversionException notText) {
      throw new MalformedDelivery("The body is not text in UTF-8; expected is " + EXPECTED + ".");
    }
  }

  private Delivery whole() throws IOException {
    try {
      return delivery();
    } catch (JsonProcessingException notJson) {
      throw new MalformedDelivery(
          "The body is not JSON as this protocol takes it: "
              + JsonBody.place(parser)
              + " "
              + Excerpt.of(notJson.getOriginalMessage(), 300)
              + "; expected is "
              + EXPECTED
              + ".");
    }
  }

  private Delivery delivery() throws IOException {
    if (parser.nextToken() == null) {
      throw new MalformedDelivery("The body is empty; expected is " + EXPECTED + ".");
    }
    expect(parser.currentToken() == JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      member(name);
    }
    expect(protocolStated, "the field 'protocol'");
    expect(observationsSeen, "the field 'observations'");
    expect(parser.nextToken() == null, "the end of the body");
    return new Delivery(agent, claim, entries, rejected);
  }

  private void member(String name) throws IOException {
    switch (name) {
      case "protocol" -> protocol();
      case "agent" -> agent();
      case "claim" -> claim();
      case "observations" -> observations();
      default -> parser.skipChildren();
    }
  }

  private void protocol() throws IOException {
    expect(
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getText().equals(String.valueOf(Delivery.PROTOCOL)),
        "\"protocol\":1, the only version that is spoken here");
    protocolStated = true;
  }

  private void agent() throws IOException {
    expect(parser.currentToken() == JsonToken.VALUE_STRING, "a text as 'agent'");
    agent = parser.getText();
    expect(agent.length() <= Fields.LONGEST_NAME, "at most 1000 characters as 'agent'");
  }

  private void claim() throws IOException {
    try {
      Fields in = Fields.of(JsonBody.value(parser, 100));
      claim =
          new Claim(in.id("sender"), in.count("after"), in.count("upTo"), in.count("generation"));
    } catch (BadElement bad) {
      throw new MalformedDelivery("The field 'claim' cannot be used: " + bad.reason() + ".");
    }
  }

  private void observations() throws IOException {
    expect(parser.currentToken() == JsonToken.START_ARRAY, "a list as 'observations'");
    observationsSeen = true;
    entries.clear();
    rejected.clear();
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      expect(
          index < Delivery.MOST_OBSERVATIONS,
          "at most " + Delivery.MOST_OBSERVATIONS + " observations");
      element(index);
    }
  }

  private void element(int index) throws IOException {
    try {
      Object element = JsonBody.value(parser, texts::of, MOST_VALUES);
      entries.add(Elements.read(index, Fields.of(element)));
    } catch (BadElement bad) {
      rejected.add(new Rejected(index, bad.reason()));
    }
  }

  private void expect(boolean met, String what) {
    if (!met) {
      throw new MalformedDelivery(
          "The body is not a delivery: " + JsonBody.place(parser) + " expected is " + what + ".");
    }
  }
}
