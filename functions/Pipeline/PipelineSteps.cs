using Serverless.Pipeline.Steps;

namespace Serverless.Pipeline;

/// <summary>From an upload to its announcement, and what an image of an older version lacks.</summary>
internal sealed record IngestSteps(
    ReadImage Read,
    EmbedImage Embed,
    AnnounceImage Announce,
    RejectImage Reject,
    DeferImage Defer,
    AddFeatures Features
);

/// <summary>From a verdict to where the image belongs.</summary>
internal sealed record OutcomeSteps(
    ApplyVerdict Apply,
    PublishImage Publish,
    MoveToQuarantine Quarantine,
    SupersedeCopy Supersede,
    RestoreImage Restore,
    RemoveImage Remove
);

/// <summary>What a second look may find to do.</summary>
internal sealed record SecondLookSteps(LookAtLive Live, RelinkImage Relink, PublishImage Publish, ForgetImage Forget, LookLater Later);
