package dev.claudometer.app;

import dev.claudometer.fetch.NoConnection;
import dev.claudometer.pricing.PriceFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Fetches lists of prices.
public final class PriceLists {

  /// LiteLLM's own list.
  public static final String LITELLM =
      "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json";

  private static final int MOST_BYTES = 32 << 20;

  private PriceLists() {}

  /// Fetches one.
  ///
  /// @throws PriceFileException with a sentence for people
  public static InputStream fetch(String url) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return new ByteArrayInputStream(content(url, response.statusCode(), body));
      }
    } catch (PriceFileException said) {
      throw said;
    } catch (IllegalArgumentException malformed) {
      throw new PriceFileException(url + " is no URL", malformed);
    } catch (IOException unreachable) {
      throw new PriceFileException(
          url + " cannot be reached: " + NoConnection.why(unreachable), unreachable);
    }
  }

  private static byte[] content(String url, int status, InputStream body) throws IOException {
    if (status != 200) {
      throw new PriceFileException(url + " answered with status " + status);
    }
    byte[] content = body.readNBytes(MOST_BYTES + 1);
    if (content.length > MOST_BYTES) {
      throw new PriceFileException(url + " answered with more than 32 MiB");
    }
    return content;
  }
}
