using System.Globalization;
using System.Text.Json;
using Serverless.Images;
using Serverless.Storage;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>
/// The real code in one order of its requests, chosen by a seed: whose request goes next, when a message is taken, when a person
/// does the next thing. After each request that changes something, the model must be able to follow.
/// </summary>
internal sealed class RealTrace(Stage stage, Scenario scenario, RealImages images, int seed)
{
    private const int MostSteps = 3000;

    private readonly Random random = new(seed);
    private readonly Actor[] actors = [new(), new()];
    private readonly ModelFollower model = new(scenario);
    private readonly List<(Event Kind, int Image, string Message)> messages = [];
    private readonly int[] done = new int[ModelState.MostPersons];
    private readonly List<string> history = [];

    /// <summary>From this step on, this worker stands still until there is nothing else to do; -1 for none.</summary>
    private readonly (int Actor, int From) stalled = seed % 3 == 0 ? (-1, 0) : (seed % 2, seed * 7 % 60);

    private int pauses;

    /// <summary>The requests that changed something.</summary>
    public int Writes { get; private set; }

    /// <summary>Null where the model could follow to the end.</summary>
    public string? Fault { get; private set; }

    public string History => string.Join('\n', history);

    public async Task RunAsync()
    {
        await images.StartAsync();
        for (var step = 0; Fault is null && await MoveAsync(step); step++)
        {
            Fault ??= step == MostSteps ? "The code does not come to rest." : null;
        }

        if (Fault is null)
        {
            Fault = model.MayRest() ? null : "The code is at rest, the model is not.";
            await images.AssertIndexedAsync(scenario.Images);
        }
    }

    private async Task<bool> MoveAsync(int step)
    {
        var moves = Moves().ToList();
        var others = moves
            .Where(move =>
                move.Actor is not { } actor
                || (!actor.IsPausing && !(step >= stalled.From && stalled.Actor >= 0 && actor == actors[stalled.Actor]))
            )
            .ToList();
        var preferred = others.Count > 0 ? others : moves.Where(move => move.Actor?.IsPausing != true).ToList();
        if (preferred.Count == 0 && moves.Count > 0 && ++pauses > 50)
        {
            // Nobody does anything but wait: patience ends.
            stage.Clock.Advance(TimeSpan.FromMinutes(1));
            pauses = 0;
        }

        var from = preferred.Count > 0 ? preferred : moves;
        if (from.Count == 0)
        {
            return false;
        }

        await from[random.Next(from.Count)].Go();
        return true;
    }

    private IEnumerable<(Actor? Actor, Func<Task> Go)> Moves()
    {
        for (var index = 0; index < actors.Length; index++)
        {
            var (actor, worker) = (actors[index], (scenario.Better.Length > 0 ? stage.BestKeepers : stage.Workers)[index]);
            if (!actor.IsIdle)
            {
                yield return (actor, () => StepAsync(actor));
                continue;
            }

            foreach (var message in messages.Distinct())
            {
                yield return (null, () => BeginAsync(actor, worker, message));
            }
        }

        for (var person = 0; person < scenario.Persons.Length; person++)
        {
            var script = scenario.Persons[person];
            if (done[person] < script.Length / 2)
            {
                var (what, image, who) = (script[done[person] * 2], script[(done[person] * 2) + 1] - '0', person);
                if (what is 'u' or 'd' || images.States[image] == ImageState.Quarantined)
                {
                    yield return (null, () => ActAsync(who, what, image));
                }
            }
        }
    }

    private async Task ActAsync(int person, char what, int image)
    {
        done[person]++;
        history.Add($"a person: {what} {image}");
        switch (what)
        {
            case 'u':
                await images.UploadAsync(image);
                break;
            case 'd':
                await images.DeleteAsync(image);
                break;
            default:
                messages.Add((what == 'r' ? Event.Restore : Event.DeleteForGood, image, ""));
                return;
        }

        await FollowAsync();
    }

    private async Task BeginAsync(Actor actor, RealWorker worker, (Event Kind, int Image, string Message) message)
    {
        messages.Remove(message);
        if (message.Kind == Event.Recheck)
        {
            stage.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{message.Kind} {message.Image} {message.Message}");
        history.Add($"{Array.IndexOf(actors, actor)} takes {name}");
        actor.Begin(name, () => worker.RunAsync(message.Kind, images.PathOf(message.Image), message.Message, default));
        await actor.SettleAsync();
        await EndAsync(actor);
    }

    private async Task StepAsync(Actor actor)
    {
        var stop = await actor.StepAsync();
        history.Add($"{Array.IndexOf(actors, actor)} {stop.What}");
        if (stop.IsWrite)
        {
            Writes++;
            await FollowAsync();
        }

        await EndAsync(actor);
    }

    private async Task EndAsync(Actor actor)
    {
        if (actor.TryEnd(out var error) && error is not null)
        {
            Fault = $"{actor.What} failed: {error}";
        }

        foreach (var message in (await stage.Messages.ReceiveMessagesAsync(32, TimeSpan.FromHours(1))).Value)
        {
            await stage.Messages.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            var recheck = JsonSerializer.Deserialize(message.MessageText, RecheckJson.Default.RecheckMessage)!;
            if (images.ImageOf(recheck.Id) is >= 0 and var image)
            {
                messages.Add((Event.Recheck, image, message.MessageText));
            }
        }
    }

    private async Task FollowAsync()
    {
        var seen = await images.ObserveAsync(scenario.Images);
        messages.AddRange(images.Events.Select(happened => (happened.Kind, happened.Image, "")));
        images.Events.Clear();
        history.Add($"    {Observation.Of(seen, scenario.Images)}");
        Fault = model.TryFollow(seen) ? null : $"The model cannot do what the code did (seed {seed}, {scenario}).";
    }
}
