package dev.claudometer.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelIdTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          claude-opus-5                                                | claude-opus-5
          CLAUDE-Opus-5                                                | claude-opus-5
          claude-opus-5[1m]                                            | claude-opus-5
          claude-opus-5-5[1m]                                          | claude-opus-5-5
          claude-opus-5@default                                        | claude-opus-5
          claude-opus-5-20260701                                       | claude-opus-5
          claude-opus-4-6-20260205                                     | claude-opus-4-6
          claude-opus-4.6                                              | claude-opus-4-6
          anthropic/claude-opus-4.6                                    | claude-opus-4-6
          openrouter/anthropic/claude-opus-4.6                         | claude-opus-4-6
          claude-haiku-4.5                                             | claude-haiku-4-5-20251001
          claude-haiku-4-5                                             | claude-haiku-4-5-20251001
          claude-haiku-4-5@20251001                                    | claude-haiku-4-5-20251001
          vertex_ai/claude-haiku-4-5@20251001                          | claude-haiku-4-5-20251001
          claude-sonnet-4-5                                            | claude-sonnet-4-5-20250929
          claude-4.5-sonnet                                            | claude-sonnet-4-5-20250929
          claude-sonnet-4-5-20250929[1m]                               | claude-sonnet-4-5-20250929
          anthropic.claude-sonnet-4-5-20250929-v1:0                    | claude-sonnet-4-5-20250929
          us.anthropic.claude-sonnet-4-5-20250929-v1:0                 | claude-sonnet-4-5-20250929
          global.anthropic.claude-sonnet-4-5-20250929-v1:0             | claude-sonnet-4-5-20250929
          bedrock/us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0     | claude-sonnet-4-5-20250929
          bedrock/us-east-1/anthropic.claude-opus-4-6-v1               | claude-opus-4-6
          anthropic.claude-sonnet-4-6                                  | claude-sonnet-4-6
          anthropic.claude-haiku-5-5                                   | claude-haiku-5-5
          arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-6-v1 | claude-opus-4-6
          claude-opus-4-0                                              | claude-opus-4-20250514
          claude-opus-4                                                | claude-opus-4-20250514
          claude-4-opus-20250514                                       | claude-opus-4-20250514
          claude-4-sonnet-20250514                                     | claude-sonnet-4-20250514
          claude-opus-4-1                                              | claude-opus-4-1-20250805
          claude-3-7-sonnet-latest                                     | claude-3-7-sonnet-20250219
          claude-3.7-sonnet                                            | claude-3-7-sonnet-20250219
          claude-3-5-sonnet-latest                                     | claude-3-5-sonnet-20241022
          anthropic.claude-3-5-sonnet-20241022-v2:0                    | claude-3-5-sonnet-20241022
          anthropic.claude-3-5-sonnet-20240620-v1:0                    | claude-3-5-sonnet-20240620
          vertex_ai/claude-3-5-sonnet-v2@20241022                      | claude-3-5-sonnet-20241022
          claude-3-haiku                                               | claude-3-haiku-20240307
          claude-fable-5-2                                             | claude-fable-5-2
          claude-mythos-5-2                                            | claude-mythos-5-2
          anthropic/claude-3.7-sonnet:thinking                         | claude-3-7-sonnet-20250219
          anthropic/claude-3.5-sonnet:beta                             | claude-3-5-sonnet-20241022
          anthropic/claude-opus-4.1:nitro                              | claude-opus-4-1-20250805
          anthropic/claude-4.5-sonnet-20250929                         | claude-sonnet-4-5-20250929
          claude-opus-4-6-thinking                                     | claude-opus-4-6
          anthropic/claude-opus-4.8-fast                               | claude-opus-4-8
          anthropic/claude-opus-5-fast-20260723                        | claude-opus-5
          arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0 | claude-haiku-4-5-20251001
          projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-6 | claude-opus-4-6
          fable                                                        | claude-fable-5-2
          """)
  void everySpellingNamesItsModel(String spelling, String row) {
    assertThat(PriceBook.builtIn().row(spelling).map(ModelPrice::id)).contains(row);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us.anthropic.claude-opus-4-6-v1",
        "eu.anthropic.claude-opus-4-6-v1",
        "au.anthropic.claude-opus-4-6-v1",
        "jp.anthropic.claude-opus-4-6-v1",
        "apac.anthropic.claude-opus-4-6-v1",
        "us-gov.anthropic.claude-opus-4-6-v1",
        "ca.anthropic.claude-opus-4-6-v1",
        "bedrock/us-gov.anthropic.claude-opus-4-6-v1",
        "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-4-6-v1",
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-6-v1",
        "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-opus-4-6-v1",
        "bedrock/arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-opus-4-6-v1",
        "bedrock/us-east-1/anthropic.claude-opus-4-6-v1",
        "bedrock/us-gov-west-1/anthropic.claude-opus-4-6-v1",
        "vertex_ai/europe-west1/claude-opus-4-6",
        "projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-6",
        "projects/p/locations/eu/publishers/anthropic/models/claude-opus-4-6"
      })
  void regionInAnIdBindsARequestToIt(String spelling) {
    assertThat(ModelId.of(spelling).regional()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global.anthropic.claude-opus-4-6-v1",
        "anthropic.claude-opus-4-6-v1",
        "claude-opus-4-6",
        "us.claude-opus-4-6",
        "arn:aws:bedrock:us-east-1:1:inference-profile/global.anthropic.claude-opus-4-6-v1",
        "arn:aws:bedrock:::foundation-model/anthropic.claude-opus-4-6-v1",
        "bedrock/us-east-1/global.anthropic.claude-opus-4-6-v1",
        "projects/p/locations/global/publishers/anthropic/models/claude-opus-4-6",
        "openrouter/anthropic/claude-opus-4.6",
        "z-ai/glm-4.6"
      })
  void otherSpellingsAreNotBoundToARegion(String spelling) {
    assertThat(ModelId.of(spelling).regional()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic/claude-opus-4.8:free",
        "claude-opus-4-8-faster",
        "grok-code-fast-1",
        "kimi-k2-thinking"
      })
  void otherModelsAndOtherPricesAreNotUndone(String spelling) {
    assertThat(PriceBook.builtIn().row(spelling)).isEmpty();
    assertThat(ModelId.of(spelling).fast()).isFalse();
  }
}
