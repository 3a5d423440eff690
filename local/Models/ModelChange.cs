using System.Globalization;
using System.Text.Json;

namespace Local.Models;

/// <summary>
/// Follows a change of model on the console: the app fills a second index while the first one answers, and switches when it is full. A run
/// that was stopped before goes on.
/// </summary>
internal sealed class ModelChange(AppClient app, CancellationToken stopping)
{
    public async Task FollowAsync()
    {
        try
        {
            using var client = app.Open();
            for (string? told = null; ; )
            {
                var view = await AppClient.AskAsync(() => client.GetAsync("api/models/migrate", stopping), stopping);
                if (view is { } known)
                {
                    var status = known.GetProperty("status").GetString();
                    if (status is "none" or "switched")
                    {
                        Conclude(known, hasTold: told is not null);
                        return;
                    }

                    told = Tell(known, told);
                }

                await Task.Delay(AppClient.Pause, stopping);
            }
        }
        catch (OperationCanceledException) { }
        catch (UnauthorizedAccessException)
        {
            Steps.Again("How far a change of model is cannot be shown: no key that may read is set.");
        }
    }

    private static void Conclude(JsonElement view, bool hasTold)
    {
        if (hasTold)
        {
            Steps.Again($"{NameOf(view, "inForce")} answers from now on");
        }
    }

    /// <summary>Says what has changed.</summary>
    private static string Tell(JsonElement view, string? told)
    {
        var sentence = view.GetProperty("reason").GetString() ?? Progress(view);
        if (sentence != told)
        {
            Steps.Again(sentence);
        }

        return sentence;
    }

    private static string Progress(JsonElement view)
    {
        var (done, queued) = (view.GetProperty("done").GetInt64(), view.GetProperty("queued").GetInt64());
        var left = view.GetProperty("secondsLeft");
        var rest = left.ValueKind == JsonValueKind.Number && left.GetInt64() > 0 ? $", {TimeSpan.FromSeconds(left.GetInt64()):g} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{done:#,0} of {queued:#,0} images are in the index of {NameOf(view, "other")}{rest}; "
                + $"until then {NameOf(view, "inForce")} answers"
        );
    }

    private static string? NameOf(JsonElement view, string side) => view.GetProperty(side).GetProperty("name").GetString();
}
