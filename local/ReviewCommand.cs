using System.Globalization;
using System.Text.Json;

namespace Local;

/// <summary>Has the running stack judge its quarantine again, and prints what should not be there.</summary>
internal static class ReviewCommand
{
    public const string Name = "review";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(LocalOptions options)
    {
        using var signals = new StopSignals(stopWithStandardInput: false);
        try
        {
            var stack =
                StackFile.Read(options.Data)
                ?? throw new LocalRunException($"Nothing runs on {options.Data}: start it first with \"dotnet run --project local\".");
            using var client = new HttpClient { BaseAddress = stack.Url };
            if (options.FunctionKey is { } key)
            {
                client.DefaultRequestHeaders.Add("x-functions-key", key);
            }

            var report = await ReadAsync(
                client.PostAsync($"api/duplicates/review?restore={(options.Restore ? "true" : "false")}", null, signals.Requested),
                signals.Requested
            );
            var address = $"api/duplicates/review/{report.GetProperty("id").GetString()}";
            while (report.GetProperty("status").GetString() == "running")
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … {report.GetProperty("judged").GetInt32():N0} judged"));
                await Task.Delay(Poll, signals.Requested);
                report = await ReadAsync(client.GetAsync(address, signals.Requested), signals.Requested);
            }

            for (var page = report; ; )
            {
                foreach (var image in page.GetProperty("images").EnumerateArray())
                {
                    Console.WriteLine(Describe(image));
                }

                if (page.GetProperty("continuation").GetString() is not { } continuation)
                {
                    break;
                }

                page = await ReadAsync(client.GetAsync($"{address}?continuation={continuation}", signals.Requested), signals.Requested);
            }

            Console.WriteLine(Summary(report));
            return report.GetProperty("status").GetString() == "completed" ? 0 : 1;
        }
        catch (LocalRunException exception)
        {
            Steps.Fail(exception.Message);
        }
        catch (HttpRequestException exception)
        {
            Steps.Fail($"The review failed: {exception.Message.Split('\n')[0]}");
        }
        catch (OperationCanceledException) { }

        return 1;
    }

    /// <summary>One line, such as "images/b.png, taken for a duplicate of images/a.png: Differs in one place. Put back."</summary>
    internal static string Describe(JsonElement image)
    {
        var other = image.GetProperty("duplicateOf") is { ValueKind: JsonValueKind.Object } reference
            ? reference.GetProperty("path").GetString()
            : "an image that is gone";
        var outcome = image.GetProperty("outcome").GetString() switch
        {
            "restored" => " Put back.",
            "pathTaken" => " Another image is at its path by now: it stays.",
            "missing" => " Its blob is missing.",
            "gone" => " It was taken out meanwhile.",
            _ => "",
        };
        return $"  {image.GetProperty("path").GetString()}, taken for a duplicate of {other}: {image.GetProperty("evidence").GetProperty("sentence").GetString()}{outcome}";
    }

    private static string Summary(JsonElement report)
    {
        int Count(string name) => report.GetProperty(name).GetInt32();
        var unjudged = Count("unjudged") > 0 ? $", {Count("unjudged")} could not be judged now" : "";
        var restored =
            report.GetProperty("restore").GetBoolean() ? $", {Count("restored")} put back"
            : Count("found") > 0 ? "; \"review --restore\" puts them back"
            : "";
        return $"{Count("judged")} in quarantine judged again: {Count("stay")} rightly there{unjudged}, {Count("found")} not{restored}.";
    }

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> request, CancellationToken cancellation)
    {
        using var response = await request;
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new LocalRunException($"The app answered {(int)response.StatusCode}: {Detail(text)}");
    }

    private static string Detail(string text)
    {
        try
        {
            return JsonElement.Parse(text).TryGetProperty("detail", out var detail) ? detail.GetString() ?? text : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
