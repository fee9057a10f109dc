package dev.claudometer.server.web.frame;

import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.ShownTable;
import dev.claudometer.server.web.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Pages that are made of tables, each of which can be had as a file too.
public final class Reports {

  private final Sheets sheets;

  public Reports(Sheets sheets) {
    this.sheets = sheets;
  }

  /// A page as it should be.
  public Reply page(
      Call call,
      String title,
      String address,
      String template,
      List<Table> tables,
      Map<String, ?> content) {
    return page(call, 200, title, address, template, tables, content);
  }

  /// A page whose tables, and what it says beside them, are made as far as they are asked for.
  public Reply page(
      Call call,
      String title,
      String address,
      String template,
      Tables tables,
      Supplier<Map<String, ?>> content) {
    return page(call, 200, title, address, template, tables, content);
  }

  /// A page that keeps itself up to date: whole, or the part of it that changes, which is a
  /// template of its own.
  public Reply live(
      Call call,
      Live live,
      String title,
      String address,
      String template,
      Tables tables,
      Supplier<Map<String, ?>> content) {
    String written = Live.asked(call) ? template + "-live" : template;
    return page(
        call,
        200,
        title,
        address,
        written,
        tables,
        () -> {
          var all = new HashMap<String, Object>(content.get());
          all.put("live", live);
          return all;
        });
  }

  /// The page, or that table of it which is asked for as a file: `?table=models&as=csv`.
  public Reply page(
      Call call,
      int status,
      String title,
      String address,
      String template,
      List<Table> tables,
      Map<String, ?> content) {
    return page(call, status, title, address, template, Tables.of(tables), () -> content);
  }

  private Reply page(
      Call call,
      int status,
      String title,
      String address,
      String template,
      Tables tables,
      Supplier<Map<String, ?>> content) {
    String form = call.query("as");
    if (form != null) {
      return Downloads.of(tables.asked(call.query("table")), form);
    }
    var parameters = new HashMap<String, Object>(content.get());
    Address here = Address.of(call.uri());
    parameters.put(
        "tables", tables.all().stream().map(table -> new ShownTable(table, here)).toList());
    parameters.put("files", files(call));
    return sheets.page(call, status, title, address, template, parameters);
  }

  /// The page's own address, ready for `table=…&as=…`.
  private static String files(Call call) {
    String uri = call.uri();
    return uri + (uri.contains("?") ? "&" : "?");
  }
}
