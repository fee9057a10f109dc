package dev.claudometer.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.ingest.Overloaded;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.StoreException.Kind;
import dev.claudometer.store.registry.Accounts;
import dev.claudometer.wire.body.UnusableBody;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/// Writes answers, and says what went wrong (RFC 9457) without saying more than that.
final class Answers {

  private static final System.Logger LOG = System.getLogger("claudometer.http");

  /// What an answer may do in a browser: nothing.
  private static final String PROGRAMS =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  /// What a page may do: use this server's own scripts, styles, pictures and answers.
  private static final String PAGES =
      PROGRAMS
          + "; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src"
          + " 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

  private final RecordJson json;
  private final ErrorPage page;
  private final InstantSource clock;

  Answers(RecordJson json, ErrorPage page, InstantSource clock) {
    this.json = json;
    this.page = page;
    this.clock = clock;
  }

  /// Headers that every answer has.
  void protect(Context context) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Content-Security-Policy", browser(context) ? PAGES : PROGRAMS);
    if (context.req().isSecure()) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  void send(Context context, Reply reply) {
    context.status(reply.status());
    reply.headers().forEach(context::header);
    reply.cookies().forEach(cookie -> context.res().addHeader("Set-Cookie", cookie));
    switch (reply.body()) {
      case null -> {}
      case byte[] bytes -> context.result(bytes);
      case InputStream stream -> context.result(stream);
      case Object answer -> {
        if (!reply.headers().containsKey("Content-Type")) {
          context.contentType("application/json");
        }
        context.result(json.write(answer));
      }
    }
  }

  void failed(Exception failure, Context context) {
    switch (failure) {
      case Problem problem ->
          say(context, problem.status(), problem.getMessage(), problem.retryAfterSeconds());
      case Overloaded overloaded -> say(context, 503, overloaded.getMessage(), 1);
      case StoreException store -> {
        String id = say(context, 503, "the store cannot be used at the moment", 5);
        Throwable unforeseen = store.kind() == Kind.UNUSABLE ? store.getCause() : null;
        LOG.log(System.Logger.Level.ERROR, id + " " + store.getMessage(), unforeseen);
      }
      case Accounts.NameTaken taken -> say(context, 409, taken.getMessage(), 0);
      case Accounts.LastAdmin last -> say(context, 409, last.getMessage(), 0);
      case UnusableBody unusable -> failed(Problem.of(unusable), context);
      case Malformed malformed -> malformed(context, String.valueOf(malformed.getMessage()));
      case HttpException ofTheContainer when ofTheContainer.getCode() < 500 ->
          malformed(context, "this is not a request as HTTP has it");
      case UnsupportedCharsetException _, IllegalCharsetNameException _ ->
          malformed(context, "the charset of Content-Type is none that is known here");
      case HttpResponseException http -> say(context, http.getStatus(), http.getMessage(), 0);
      default -> {
        String id = say(context, 500, "something went wrong here; the log says what", 0);
        LOG.log(System.Logger.Level.ERROR, id + " " + context.path(), failure);
      }
    }
  }

  /// It is the caller's mistake: a line of the log is enough.
  private void malformed(Context context, String detail) {
    String id = say(context, 400, detail, 0);
    LOG.log(System.Logger.Level.INFO, id + " " + context.path() + ": " + detail);
  }

  /// No such path, or not with this method.
  void unknown(Context context) {
    boolean answered = context.contentType() != null && context.resultInputStream() != null;
    String type = context.res().getContentType();
    if (!answered || type == null || !type.matches("application/.*|text/html.*")) {
      int status = context.statusCode();
      say(context, status, status == 404 ? "there is nothing here" : "not with this method", 0);
    }
  }

  private String say(Context context, int status, @Nullable String detail, long retryAfterSeconds) {
    String id = UUID.randomUUID().toString();
    context.status(status);
    if (retryAfterSeconds > 0) {
      context.header("Retry-After", Long.toString(retryAfterSeconds));
    }
    if (!browser(context)) {
      sayProgram(context, status, detail, id);
    } else if (status == 401 && context.req().getMethod().equals("GET")) {
      context.redirect("/login?next=" + URLEncoder.encode(asked(context), UTF_8));
    } else {
      context.contentType("text/html; charset=utf-8");
      context.result(page.html(call(context), status, detail == null ? "" : detail, id));
    }
    return id;
  }

  private @Nullable Call call(Context context) {
    Guard.Admitted caller = context.attribute(Guard.KNOWN);
    return caller == null ? null : new Call(context, caller, clock.instant(), json);
  }

  /// Whether a person looks at the answer.
  static boolean browser(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.contains("text/html") && !context.path().startsWith("/api/");
  }

  private static String asked(Context context) {
    String query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
  }

  private void sayProgram(Context context, int status, @Nullable String detail, String id) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", title(status));
    problem.put("status", status);
    problem.put("detail", detail == null ? "" : detail);
    problem.put("instance", "urn:uuid:" + id);
    context.contentType("application/problem+json");
    if (status == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context.result(json.write(problem));
  }

  private static String title(int status) {
    var known = HttpStatus.forStatus(status);
    return known.getMessage();
  }
}
