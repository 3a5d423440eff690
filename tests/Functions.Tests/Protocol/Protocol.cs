using System.Globalization;
using Serverless.Duplicates;
using Serverless.Ledger;

namespace Functions.Tests.Protocol;

/// <summary>A part of the protocol that is left out, to see that the explorer misses it.</summary>
internal enum Mutation
{
    None,
    NoAnnouncements,
    ClockInsteadOfLog,
    UnconditionalDelete,
    NoLookBeforeDelete,
    NoRenewal,
    IndexBeforeLog,
    NoSecondLook,
}

/// <summary>
/// The protocol of docs/decisions/0002 and 0003 as steps of workers, one for each operation on a store. All images match
/// each other. What is decided from what was read is decided by the product's own <see cref="AnnouncementRules"/>.
/// </summary>
internal sealed partial class Protocol(Mutation mutation, bool isOnlyOneLiveAlways, bool mayStayTwice = false)
{
    private readonly HashSet<(ImageState? From, ImageState To)> transitions = [];

    public IReadOnlySet<(ImageState? From, ImageState To)> Transitions => transitions;

    /// <summary>Every state that may come next, and what happens on the way.</summary>
    public IEnumerable<(string Step, ModelState State)> Next(ModelState state)
    {
        for (var index = 0; index < state.Workers.Length; index++)
        {
            if (state.Workers[index].Step != Step.Idle)
            {
                foreach (var step in Work(state, index))
                {
                    yield return step;
                }

                if (state.Crashes > 0)
                {
                    yield return Crash(state, index);
                }
            }
        }

        if (Array.FindIndex(state.Workers, worker => worker.Step == Step.Idle) is >= 0 and var idle)
        {
            foreach (var message in state.Queue.Distinct().Where(message => !IsEarly(state, message)).ToList())
            {
                yield return Take(state, idle, message, again: false);
                if (state.Repeats > 0 && message.Event != Event.Recheck)
                {
                    yield return Take(state, idle, message, again: true);
                }
            }
        }

        for (var image = 0; image < state.Visible.Length; image++)
        {
            if (state.Visible[image] != state.Written[image])
            {
                var next = state.Clone();
                next.Visible[image] = next.Written[image];
                yield return ($"index shows {image}: {next.Visible[image]}", next);
            }
        }

        if (state.Script.Length > 0)
        {
            yield return Person(state);
        }
    }

    /// <summary>What must hold at every moment: no bytes are lost, and where nobody replaces or deletes, at most one image is live.</summary>
    public string? Always(ModelState state)
    {
        for (var image = 0; image < state.Blobs.Length; image++)
        {
            for (var upload = 1; upload <= state.Uploads[image]; upload++)
            {
                if (state.Blobs[image] / 10 != upload && !state.Quarantine.Concat(state.Gone).Any(place => HasBytes(place, image, upload)))
                {
                    return $"Upload {upload} of image {image} is nowhere.";
                }
            }
        }

        return isOnlyOneLiveAlways && state.Live.Count(image => !state.Rows[image]!.Value.IsProvisional) > 1 ? "Two images of a group are live." : null;
    }

    /// <summary>What must hold once there is nothing left to do.</summary>
    public string? AtRest(ModelState state)
    {
        var live = state.Live.ToList();
        if (live.Count > 1)
        {
            return "Two images of a group stay.";
        }

        if (live.Count == 0 && state.Gone.Count == 0)
        {
            return "No image of the group stays.";
        }

        for (var image = 0; image < state.Blobs.Length; image++)
        {
            var row = state.Rows[image];
            var settled = row?.State is null or ImageState.Indexed or ImageState.Quarantined or ImageState.Removed;
            if (!settled || (row?.State == ImageState.Indexed) != (state.Blobs[image] != 0 && state.Blobs[image] == row?.Version))
            {
                return $"Image {image} is at version {state.Blobs[image]}, its row says {row}.";
            }

            if ((state.Blobs[image] != 0 && row is null) || state.Visible[image] != live.Contains(image))
            {
                return $"Image {image}: row {row}, shown by the index: {state.Visible[image]}.";
            }

            if (row is { State: ImageState.Quarantined } moved && !state.Quarantine.Contains((image, moved.Version)))
            {
                return $"Image {image} is said to be in quarantine.";
            }

            if (!mayStayTwice && state.Blobs[image] != 0 && state.Quarantine.Any(place => HasBytes(place, image, state.Blobs[image] / 10)))
            {
                return $"Image {image} is in two places.";
            }
        }

        return null;
    }

    /// <summary>A second look waits until the index shows what the image's own write said: so long is the visibility window.</summary>
    private static bool IsEarly(ModelState state, Message message) => message.Event == Event.Recheck
        && state.Rows[message.Image] is { State: ImageState.Indexed } && state.Visible[message.Image] != state.Written[message.Image];

    private static bool HasBytes((int Image, int Version) place, int image, int upload) => place.Image == image && place.Version / 10 == upload;

    private static (string, ModelState) Take(ModelState state, int worker, Message message, bool again)
    {
        var next = state.Clone();
        if (again)
        {
            next.Repeats--;
        }
        else
        {
            next.Queue.Remove(message);
        }

        next.Workers[worker] = new Worker(
            message.Event switch { Event.Created => Step.ReadRow, Event.Deleted => Step.RemoveRead, _ => Step.RecheckRead }, message);
        return ($"{worker} takes {message.Event} {message.Image} {message.Sequence}{(again ? " (it stays)" : "")}", next);
    }

    private static (string, ModelState) Crash(ModelState state, int worker)
    {
        var next = state.Clone();
        next.Crashes--;
        next.Queue.Add(next.Workers[worker].Message);
        next.Workers[worker] = Worker.Idle;
        return ($"{worker} crashes at {state.Workers[worker].Step}", next);
    }

    /// <summary>The next thing that a person does: "u1" uploads or replaces image 1, "d1" deletes it.</summary>
    private static (string, ModelState) Person(ModelState state)
    {
        var next = state.Clone();
        var image = int.Parse(state.Script.AsSpan(1, 1), CultureInfo.InvariantCulture);
        next.Script = state.Script[2..];
        if (next.Blobs[image] != 0)
        {
            next.Gone.Add((image, next.Blobs[image]));
        }

        next.Blobs[image] = state.Script[0] == 'u' ? ++next.Uploads[image] * 10 : 0;
        if (next.Blobs[image] != 0 || state.Blobs[image] != 0)
        {
            next.Queue.Add(new Message(state.Script[0] == 'u' ? Event.Created : Event.Deleted, image, 0));
        }

        return ($"a person: {state.Script[..2]}", next);
    }
}
