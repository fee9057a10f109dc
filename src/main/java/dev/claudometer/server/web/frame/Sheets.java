package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.api.Settings;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.store.registry.Account.Role;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes pages: templates that were compiled with the program, in their frame.
public final class Sheets {

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Assets assets;
  private final Settings settings;
  private final Guests guests;
  private final String version;
  private final Function<Call, KeptLinks> kept;

  /// @param kept views under a name, for whoever calls
  public Sheets(
      Assets assets,
      Settings settings,
      Guests guests,
      String version,
      Function<Call, KeptLinks> kept) {
    this.assets = assets;
    this.settings = settings;
    this.guests = guests;
    this.version = version;
    this.kept = kept;
  }

  /// A page for whoever calls.
  ///
  /// @param address of the page in the menu
  /// @param content what the template needs besides its frame
  public Reply page(
      Call call,
      int status,
      String title,
      String address,
      String template,
      Map<String, ?> content) {
    return new Reply(
        status,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        html(template, frame(call, title, address, Picker.kept(call.uri())), content));
  }

  /// A page of its own for whoever calls: the menu keeps nothing of what was asked.
  public byte[] apart(Call call, String title, String template, Map<String, ?> content) {
    return html(template, frame(call, title, "", Picker.kept("")), content);
  }

  private Frame frame(Call call, String title, String address, Address scope) {
    Person person = person(call.principal());
    return new Frame(
        title,
        address,
        scope,
        Escaped.name(settings.name()),
        person == null ? null : person.name(),
        person == null ? null : menu(person.role(), call),
        guests.networks(),
        version,
        settings.zone().getId(),
        assets,
        person == null ? KeptLinks.NONE : kept.apply(call));
  }

  /// Who sees some machines only has the menu of a lead.
  private static Role menu(Role role, Call call) {
    return role == Role.VIEWER && call.scope().devices() != null ? Role.LEAD : role;
  }

  private record Person(String name, Role role) {}

  private static @Nullable Person person(Principal principal) {
    return switch (principal) {
      case Principal.User(_, String name, Role role) -> new Person(name, role);
      case Principal.Token(_, String name, _, Role role) -> new Person(name, role);
      case Principal.Guest _ -> new Person(Frame.GUEST, Role.VIEWER);
      case Principal.Device _, Principal.Scraper _, Principal.Anonymous _ -> null;
    };
  }

  /// A page for anybody, which needs no store.
  public byte[] bare(String title, String template, Map<String, ?> content) {
    return html(
        template,
        new Frame(
            title,
            "",
            Picker.kept(""),
            "Claudometer",
            null,
            null,
            "",
            version,
            "UTC",
            assets,
            KeptLinks.NONE),
        content);
  }

  private byte[] html(String template, Frame frame, Map<String, ?> content) {
    var parameters = new HashMap<String, Object>(content);
    parameters.put("frame", frame);
    var out = new StringOutput();
    templates.render(template + ".jte", parameters, out);
    return out.toString().getBytes(UTF_8);
  }

  /// Sends a browser on, after a form.
  public static Reply to(String address) {
    return new Reply(303, Map.of("Location", address), null);
  }

  /// Sends a browser on, with what another answer has for it.
  public static Reply to(String address, Reply answer) {
    var headers = new HashMap<>(answer.headers());
    headers.put("Location", address);
    return new Reply(303, headers, answer.cookies(), null);
  }
}
