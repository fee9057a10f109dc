package dev.claudometer.server.http;

import dev.claudometer.model.DeviceId;
import dev.claudometer.report.Scope;
import dev.claudometer.server.auth.KnownBrowser;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.SessionCookie;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.wire.body.BodyLimits;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request: what is asked, by whom, from where, when.
public final class Call {

  private static final int LONGEST_PARAMETER = 1_000;

  private final Context context;
  private final Principal principal;
  private final String address;
  private final boolean secure;
  private final Scope scope;
  private final Instant now;
  private final RecordJson json;
  private Body body = Body.NONE;
  private @Nullable Map<String, String> form;

  Call(Context context, Guard.Admitted caller, Instant now, RecordJson json) {
    this.context = context;
    principal = caller.principal();
    address = caller.address();
    secure = caller.secure();
    scope = caller.scope();
    this.now = now;
    this.json = json;
  }

  /// Its body has arrived.
  void brings(Body arrived) {
    body = arrived;
  }

  public Principal principal() {
    return principal;
  }

  /// The caller's address: behind a trusted proxy, the one that the proxy names.
  public String address() {
    return address;
  }

  /// Whether it came over TLS.
  public boolean secure() {
    return secure;
  }

  /// Whose usage is for the caller: what tells of others' is a defect.
  public Scope scope() {
    return scope;
  }

  /// The browser's session, where there is one.
  public @Nullable String session() {
    return context.cookie(SessionCookie.name(secure));
  }

  /// By what the browser is known that has been here before, where it is.
  public @Nullable String known() {
    String secret = context.cookie(KnownBrowser.name(secure));
    return secret == null || secret.length() > LONGEST_PARAMETER ? null : secret;
  }

  /// What the caller's program says of itself.
  public String browser() {
    String agent = header("User-Agent");
    return agent == null
        ? ""
        : agent.replaceAll("\\p{Cntrl}", " ").substring(0, Math.min(200, agent.length()));
  }

  /// For the audit log: what the caller does.
  public Deed deed(String action, String subject, String detail) {
    return new Deed(actor(), address, action, subject, detail, now);
  }

  /// `user ada`.
  public String actor() {
    return switch (principal) {
      case Principal.User(_, String name, _) -> "user " + name;
      case Principal.Token(_, String name, _, _) -> "token " + name;
      case Principal.Device(DeviceId id, _) -> "device " + id;
      case Principal.Scraper(String id) -> "metrics token " + id;
      case Principal.Guest _ -> "guest";
      case Principal.Anonymous _ -> "anonymous";
    };
  }

  public Instant now() {
    return now;
  }

  public String path(String name) {
    return context.pathParam(name);
  }

  /// Path and query, as they came.
  public String uri() {
    String query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
  }

  public @Nullable String query(String name) {
    String value = context.queryParam(name);
    if (value != null && value.length() > LONGEST_PARAMETER) {
      throw Problem.of(422, "'" + name + "' is too long");
    }
    return value == null || value.isEmpty() ? null : value;
  }

  /// All values of a parameter that may be given several times.
  public List<String> queries(String name) {
    return context.queryParams(name);
  }

  /// A whole number, within bounds.
  public int number(String name, int usual, int most) {
    String value = query(name);
    if (value == null) {
      return usual;
    }
    if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > most) {
      throw Problem.of(422, "'" + name + "' has to be a number up to " + most);
    }
    return Integer.parseInt(value);
  }

  public <E extends Enum<E>> E choice(String name, Class<E> type, E usual) {
    String value = query(name);
    if (value == null) {
      return usual;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw Problem.of(422, "'" + name + "' has to be one of " + List.of(type.getEnumConstants()));
  }

  public @Nullable String header(String name) {
    return context.header(name);
  }

  public InputStream stream() {
    return body.stream();
  }

  /// The body as it was sent.
  public byte[] sent() {
    return body.sent();
  }

  /// How many bytes the body has had, as sent and as far as it was unpacked.
  public long bytes() {
    return body.bytes();
  }

  /// The body, unpacked within bounds as its `Content-Encoding` says.
  public InputStream decoded(BodyLimits limits) throws IOException {
    return body.decoded(header("Content-Encoding"), limits);
  }

  /// What the caller sends: JSON, or the fields of a page's form.
  public <T> T body(Class<T> type) throws IOException {
    return form() ? json.of(fields(), type) : json.read(stream(), type);
  }

  /// A field of a page's form, empty where there is none.
  public String field(String name) throws IOException {
    return form() ? fields().getOrDefault(name, "") : "";
  }

  private boolean form() {
    String type = context.contentType();
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  private Map<String, String> fields() throws IOException {
    if (form == null) {
      form = Form.read(stream());
    }
    return form;
  }

  /// Where the caller believes this server to be, such as `https://claudometer.example`.
  public String server() {
    return (secure ? "https://" : "http://") + context.header("Host");
  }
}
