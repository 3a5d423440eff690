using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bench.Scale.Services;

/// <summary>A row as the app wrote it.</summary>
internal sealed record Row(byte[] Json, string ETag, DateTimeOffset WrittenAt)
{
    /// <summary>What storage counts: mostly bytes that JSON writes as Base64.</summary>
    public double Kilobytes => Math.Max(1, Math.Ceiling(Json.Length * 0.75 / 1024));
}

/// <summary>Tables: rows by partition and key, versions, conditional writes, transactions of one partition, range queries.</summary>
internal sealed partial class Tables(VirtualTime time)
{
    private const int PageSize = 1000;

    private readonly Dictionary<(string Table, string Partition), SortedList<string, Row>> partitions = [];
    private long versions;

    /// <summary>Called with each record that is written: table, key, row.</summary>
    public event Action<string, string, Row>? Written;

    /// <summary>The partition that a request is about; the whole table for a query without one.</summary>
    public static (string Table, string Partition) PlaceOf(Call call) =>
        call.Path.EndsWith("/$batch", StringComparison.Ordinal) ? Batches.PlaceOf(call)
        : Rows.AddressOf(call.Path) is var (table, partition, _) ? (table, partition)
        : call.Method == HttpMethod.Post ? (TableOf(call.Path), Rows.KeysOf(call.Body).Partition)
        : (TableOf(call.Path), Conditions(call).FirstOrDefault(one => one is { Column: "PartitionKey", Operator: "eq" }).Value ?? "");

    /// <param name="table">The name to use instead of the one in the address.</param>
    /// <param name="units">Kilobytes of a row, by table.</param>
    public (Answer Answer, double Units, int Rows) Serve(Call call, string table, Func<Row, double> units)
    {
        if (call.Path.EndsWith("/$batch", StringComparison.Ordinal))
        {
            return Transact(call, table, units);
        }

        var address = Rows.AddressOf(call.Path);
        if (call.Method == HttpMethod.Get && address is null)
        {
            return Query(call, table, units);
        }

        var (partition, key) = address is var (_, named, row) ? (named, row) : Rows.KeysOf(call.Body);
        if (call.Method == HttpMethod.Get)
        {
            return Find(table, partition, key) is { } found
                ? (Answer.Json(HttpStatusCode.OK, Told(found)).With("ETag", found.ETag), units(found), 1)
                : (Missing(), 1, 1);
        }

        var change = new Change(call.Method.Method, partition, key, call.Header("If-Match"), call.Body);
        if (Refusal(table, change) is { } refusal)
        {
            return (refusal, 1, 1);
        }

        var written = Apply(table, change);
        var answer = Answer.Empty(HttpStatusCode.NoContent);
        return written is null ? (answer, 1, 1) : (answer.With("ETag", written.ETag), units(written), 1);
    }

    public Row? Find(string table, string partition, string key) =>
        partitions.TryGetValue((table, partition), out var rows) ? rows.GetValueOrDefault(key) : null;

    private (Answer, double, int) Query(Call call, string table, Func<Row, double> units)
    {
        var conditions = Conditions(call);
        var partition = conditions.FirstOrDefault(one => one.Column == "PartitionKey").Value;
        var from =
            call.Query("NextRowKey") ?? conditions.FirstOrDefault(one => one is { Column: "RowKey", Operator: "gt" or "ge" }).Value ?? "";
        var found = new List<Row>();
        string? next = null;
        if (partition is not null && partitions.TryGetValue((table, partition), out var rows))
        {
            for (var at = FirstFrom(rows.Keys, from); at < rows.Count && !conditions.Any(one => one.IsPassed(rows.Keys[at])); at++)
            {
                if (found.Count == PageSize)
                {
                    next = rows.Keys[at];
                    break;
                }

                if (conditions.All(one => one.Holds(rows.Keys[at])))
                {
                    found.Add(rows.Values[at]);
                }
            }
        }

        var json = new StringBuilder("{\"odata.metadata\":\"m\",\"value\":[").AppendJoin(',', found.Select(Told)).Append("]}");
        var answer = Answer.Json(HttpStatusCode.OK, json.ToString());
        if (next is not null)
        {
            answer.With("x-ms-continuation-NextPartitionKey", partition!).With("x-ms-continuation-NextRowKey", next);
        }

        return (answer, Math.Max(1, found.Sum(units)), found.Count);
    }

    private static int FirstFrom(IList<string> keys, string from)
    {
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(keys[middle], from) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private (Answer, double, int) Transact(Call call, string table, Func<Row, double> units)
    {
        var changes = Batches.ChangesOf(call).ToList();
        foreach (var change in changes)
        {
            if (Refusal(table, change) is { } refusal)
            {
                return (Batches.Of([Batches.Part(refusal.Status, null, Encoding.UTF8.GetString(refusal.Body))]), 1, 1);
            }
        }

        var parts = new List<string>();
        var sum = 0.0;
        foreach (var change in changes)
        {
            var row = Apply(table, change);
            sum += row is null ? 1 : units(row);
            parts.Add(Batches.Part(HttpStatusCode.NoContent, row?.ETag, null));
        }

        return (Batches.Of(parts), sum, changes.Count);
    }

    private Answer? Refusal(string table, Change change)
    {
        var row = Find(table, change.Partition, change.Key);
        return (change.Method, change.Version, row) switch
        {
            ("POST", _, not null) => Error(HttpStatusCode.Conflict, "EntityAlreadyExists"),
            ("POST", _, null) or (_, null, _) => null,
            (_, _, null) => Missing(),
            (_, var version, _) when version == "*" || version == row.ETag => null,
            _ => Error(HttpStatusCode.PreconditionFailed, "UpdateConditionNotSatisfied"),
        };
    }

    private Row? Apply(string table, Change change)
    {
        var place = (table, change.Partition);
        if (!partitions.TryGetValue(place, out var rows))
        {
            partitions[place] = rows = new SortedList<string, Row>(StringComparer.Ordinal);
        }

        if (change.Method == "DELETE")
        {
            rows.Remove(change.Key);
            return null;
        }

        if (change.Method is "PATCH" or "MERGE" && rows.ContainsKey(change.Key))
        {
            throw new NotSupportedException("The app merges no rows.");
        }

        var number = (++versions).ToString(CultureInfo.InvariantCulture);
        var row = new Row(Rows.WithPlainDoubles(change.Json), $"W/\"datetime'{number}'\"", time.GetUtcNow());
        rows[change.Key] = row;
        Written?.Invoke(table, change.Key, row);
        return row;
    }

    /// <summary>The row with what the service adds.</summary>
    private static string Told(Row row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"odata.etag\":{JsonSerializer.Serialize(row.ETag)},\"Timestamp\":\"{row.WrittenAt:yyyy-MM-ddTHH:mm:ss.fffffffZ}\","
        ) + Encoding.UTF8.GetString(row.Json.AsSpan(1));

    private static Answer Missing() => Error(HttpStatusCode.NotFound, "ResourceNotFound");

    private static Answer Error(HttpStatusCode status, string code) =>
        Answer.Json(status, $"{{\"odata.error\":{{\"code\":\"{code}\",\"message\":{{\"lang\":\"en-US\",\"value\":\"{code}\"}}}}}}");

    private static string TableOf(string path) => path.Trim('/').Split('(')[0];

    private static List<Condition> Conditions(Call call)
    {
        var filter = call.Query("$filter");
        if (filter is null)
        {
            return [];
        }

        return
        [
            .. filter
                .Split(" and ")
                .Select(text => Comparison().Match(text.Trim('(', ')', ' ')))
                .Where(match => match.Success)
                .Select(match => new Condition(match.Groups["column"].Value, match.Groups["operator"].Value, match.Groups["value"].Value)),
        ];
    }

    [GeneratedRegex("^(?<column>PartitionKey|RowKey) (?<operator>eq|gt|ge|lt|le) '(?<value>.*)'$")]
    private static partial Regex Comparison();

    private readonly record struct Condition(string Column, string Operator, string Value)
    {
        /// <summary>No later key holds either.</summary>
        public bool IsPassed(string key) => Column == "RowKey" && Operator is "eq" or "lt" or "le" && string.CompareOrdinal(key, Value) > 0;

        public bool Holds(string key) =>
            Column != "RowKey"
            || Operator switch
            {
                "eq" => key == Value,
                "gt" => string.CompareOrdinal(key, Value) > 0,
                "ge" => string.CompareOrdinal(key, Value) >= 0,
                "lt" => string.CompareOrdinal(key, Value) < 0,
                _ => string.CompareOrdinal(key, Value) <= 0,
            };
    }
}
