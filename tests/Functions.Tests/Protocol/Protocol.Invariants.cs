using Serverless.Images;

namespace Functions.Tests.Protocol;

internal sealed partial class Protocol
{
    /// <summary>
    /// What must hold at every moment: no bytes are lost, and where nobody replaces or deletes, of those that match at most one is live.
    /// </summary>
    public string? Always(in ModelState state)
    {
        for (var image = 0; image < scenario.Images; image++)
        {
            ref readonly var cell = ref state.Images[image];
            for (var upload = 1; upload <= cell.Uploads; upload++)
            {
                if (!cell.IsGone(upload) && ImageCell.UploadOf(cell.Blob) != upload && !cell.KeepsUpload(upload))
                {
                    return $"Upload {upload} of image {image} is nowhere.";
                }
            }
        }

        return scenario.IsOnlyOneLiveAlways && AreTwoLive(state, includesProvisional: false) ? "Two images of a group are live." : null;
    }

    /// <summary>What must hold once there is nothing left to do.</summary>
    public string? AtRest(in ModelState state)
    {
        if (AreTwoLive(state, includesProvisional: true))
        {
            return "Two images of a group stay.";
        }

        var isAnyLive = false;
        var isAnyGone = false;
        for (var image = 0; image < scenario.Images; image++)
        {
            ref readonly var cell = ref state.Images[image];
            if (AtRest(image, cell) is { } broken)
            {
                return broken;
            }

            isAnyLive |= cell.Row.IsLive;
            isAnyGone |= cell.Gone != 0;
        }

        if (scenario.Better.Length > 0 && !isAnyGone && !state.Images[scenario.Better[^1] - '0'].Row.IsLive)
        {
            return "The best copy does not stay.";
        }

        return isAnyLive || isAnyGone ? null : "No image of the group stays.";
    }

    private string? AtRest(int image, in ImageCell cell)
    {
        var row = cell.Row;
        if (
            row.State is not (null or ImageState.Indexed or ImageState.Quarantined or ImageState.Removed)
            || (row.State == ImageState.Indexed) != (cell.Blob != 0 && cell.Blob == row.Version)
            || (cell.Blob != 0 && !row.Exists)
            || row.Listed != row.Entry
        )
        {
            return $"Image {image} is at version {cell.Blob}, its row says {row}.";
        }

        if (cell.IsWritten != row.IsLive)
        {
            return $"Image {image}: row {row}, in the index: {cell.IsWritten}.";
        }

        if ((row.State == ImageState.Quarantined && !cell.Keeps(row.Copy)) || (row.IsLive && row.Copy != 0))
        {
            return $"Image {image} is not in quarantine as its row says: {row}.";
        }

        if (!scenario.MayStayTwice && cell.Blob != 0 && cell.KeepsUpload(ImageCell.UploadOf(cell.Blob)))
        {
            return $"Image {image} is in two places.";
        }

        return null;
    }

    private bool AreTwoLive(in ModelState state, bool includesProvisional)
    {
        for (var image = 1; image < scenario.Images; image++)
        {
            for (var other = 0; other < image; other++)
            {
                ref readonly var a = ref state.Images[image].Row;
                ref readonly var b = ref state.Images[other].Row;
                if (
                    a.IsLive
                    && b.IsLive
                    && Matches(image, other)
                    && (includesProvisional || (!a.IsProvisional && !b.IsProvisional))
                    && (state.Remembered & ModelState.PairBit(image, ImageCell.UploadOf(a.Version), other, ImageCell.UploadOf(b.Version)))
                        == 0
                )
                {
                    return true;
                }
            }
        }

        return false;
    }
}
