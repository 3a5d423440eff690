using System.Globalization;
using System.Text.Json.Serialization;
using SearchEmulator.Errors;

namespace SearchEmulator.Faults;

/// <summary>A failure to play, for clients that want to see how they cope. Exactly one of the first three properties is set.</summary>
internal sealed record Fault
{
    /// <summary>Answer the whole request with this status.</summary>
    public int? Status { get; init; }

    /// <summary>Fail single documents of a batch with this status; the others go through.</summary>
    public int? Document { get; init; }

    /// <summary>Hold the request back for this long, then answer as usual.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>search, batch, lookup, count, index, statistics, or * for all.</summary>
    public string Operation { get; init; } = "*";

    /// <summary>Strike on every Nth request (or document) that the operation fits: 1 is each of them.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Of those, strike with this probability.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Stop after this many strikes.</summary>
    public int? Times { get; init; }

    public int? RetryAfterSeconds { get; init; }

    [JsonIgnore]
    public string? Problem
    {
        get
        {
            var kinds = new[] { Status, Document, LatencyMs }.Count(kind => kind is not null);
            return kinds != 1 ? "exactly one of status, document and latencyMs must be given"
                : Status is < 400 or > 599 ? "status must be from 400 to 599"
                : Document is not (null or 409 or 422 or 503) ? "document must be 409, 422 or 503"
                : LatencyMs is < 0 or > 600_000 ? "latencyMs must be from 0 to 600000"
                : !Operations.Names.Contains(Operation) ? $"operation must be one of {string.Join(", ", Operations.Names)}"
                : Every < 1 ? "every must be at least 1"
                : Rate is not (>= 0 and <= 1) ? "rate must be from 0 to 1"
                : Times is < 1 ? "times must be at least 1"
                : RetryAfterSeconds is < 0 or > 3600 ? "retryAfterSeconds must be from 0 to 3600"
                : null;
        }
    }

    /// <summary>From the command line: `status=503,operation=search,every=3,retry-after=1`.</summary>
    public static Fault Parse(string text)
    {
        var fault = new Fault();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (part, string.Empty) : (part[..equals], part[(equals + 1)..]);
            fault = name switch
            {
                "status" => fault with { Status = Whole(part, value) },
                "document" => fault with { Document = Whole(part, value) },
                "latency" => fault with { LatencyMs = Whole(part, value) },
                "operation" => fault with { Operation = value },
                "every" => fault with { Every = Whole(part, value) },
                "rate" => fault with { Rate = double.TryParse(value, CultureInfo.InvariantCulture, out var rate) ? rate : -1 },
                "times" => fault with { Times = Whole(part, value) },
                "retry-after" => fault with { RetryAfterSeconds = Whole(part, value) },
                _ => throw new UsageException(
                    $"--fault '{text}': '{part}' is not understood. It takes status=N, document=N or latency=MS, and operation=, every=, "
                        + "rate=, times=, retry-after=."
                ),
            };
        }

        return fault.Problem is { } problem ? throw new UsageException($"--fault '{text}': {problem}.") : fault;
    }

    private static int Whole(string part, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"--fault: '{part}' needs a whole number.");
}
