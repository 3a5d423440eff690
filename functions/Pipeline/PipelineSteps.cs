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

/// <summary>From a verdict to the final state.</summary>
internal sealed record OutcomeSteps(
    ApplyVerdict Apply,
    PublishImage Publish,
    MoveToQuarantine Quarantine,
    SupersedeCopy Supersede,
    RestoreImage Restore,
    RemoveImage Remove
);

/// <summary>The steps of a second look.</summary>
internal sealed record SecondLookSteps(LookAtLive Live, RelinkImage Relink, PublishImage Publish, ForgetImage Forget, LookLater Later);
