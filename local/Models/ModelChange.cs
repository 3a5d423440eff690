using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Local.Models;

/// <summary>
/// After a change of model every image that is already there is judged anew, in the background and behind new uploads. The data folder
/// remembers which model has all of them; a run that was stopped before goes on.
/// </summary>
internal sealed class ModelChange(AppClient app, string images, string note, CancellationToken stopping)
{
    public async Task CarryOverAsync(string model)
    {
        try
        {
            if (!File.Exists(note) || await File.ReadAllTextAsync(note, stopping) != model)
            {
                using var client = app.Open();
                var job = await AskAsync(() => client.PostAsJsonAsync("api/backfill", new { container = images }, stopping));
                var id = job.GetProperty("id").GetString();
                for (var told = 0L; job.GetProperty("status").GetString() == "running"; told = Tell(job, told, model))
                {
                    await Task.Delay(AppClient.Pause, stopping);
                    job = await AskAsync(() => client.GetAsync($"api/backfill/{id}", stopping));
                }

                Tell(job, 0, model);
                await File.WriteAllTextAsync(note, model, stopping);
            }
        }
        catch (OperationCanceledException) { }
        catch (UnauthorizedAccessException)
        {
            Steps.Again("The images that are there are not judged by this model: no key that may operate is set.");
        }
        catch (IOException exception)
        {
            Steps.Again($"That every image is judged by {model} cannot be remembered: {exception.Message}");
        }
    }

    private async Task<JsonElement> AskAsync(Func<Task<HttpResponseMessage>> send)
    {
        while (true)
        {
            if (await AppClient.AskAsync(send, stopping) is { } answer)
            {
                return answer;
            }

            await Task.Delay(AppClient.Pause, stopping);
        }
    }

    private static long Tell(JsonElement job, long told, string model)
    {
        var (done, queued) = (job.GetProperty("done").GetInt64(), job.GetProperty("queued").GetInt64());
        if (done > told)
        {
            Steps.Again(
                string.Create(CultureInfo.InvariantCulture, $"{done:#,0} of {queued:#,0} images that were there are judged by {model}")
            );
        }

        return done;
    }
}
