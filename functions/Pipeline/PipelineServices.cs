using Serverless.Pipeline.Steps;

namespace Serverless.Pipeline;

internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<Attempts>();
        services.AddSingleton<Snapshots>();
        services.AddSingleton<IngestSteps>();
        services.AddSingleton<OutcomeSteps>();
        services.AddSingleton<SecondLookSteps>();
        services.AddSingleton<ImagePipeline>();
        services.AddSingleton<SecondLook>();
        services.AddSingleton<Restoration>();
        services.AddSingleton<Replacement>();
        services.AddSingleton<CopyByChoice>();
        services.AddSingleton<SetAside>();
        services.AddSingleton<Trash>();
        services.AddSingleton<Deletion>();

        services.AddSingleton<ReadImage>();
        services.AddSingleton<EmbedImage>();
        services.AddSingleton<AddFeatures>();
        services.AddSingleton<AnnounceImage>();
        services.AddSingleton<RejectImage>();
        services.AddSingleton<DeferImage>();
        services.AddSingleton<HoldInPlace>();
        services.AddSingleton<ApplyVerdict>();
        services.AddSingleton<PublishImage>();
        services.AddSingleton<IndexDocument>();
        services.AddSingleton<MirrorNotice>();
        services.AddSingleton<MirrorImage>();
        services.AddSingleton<MirrorRun>();
        services.AddSingleton<AdoptVectors>();
        services.AddSingleton<TagImage>();
        services.AddSingleton<RequestDescription>();
        services.AddSingleton<DescribeImage>();
        services.AddSingleton<RequestParts>();
        services.AddSingleton<FollowUps>();
        services.AddSingleton<UpdatePartsWork>();
        services.AddSingleton<UpdateParts>();
        services.AddSingleton<MakePages>();
        services.AddSingleton<ComparePage>();
        services.AddSingleton<PublishParts>();
        services.AddSingleton<EditImage>();
        services.AddSingleton<MoveToQuarantine>();
        services.AddSingleton<SupersedeCopy>();
        services.AddSingleton<RemoveImage>();
        services.AddSingleton<ForgetImage>();
        services.AddSingleton<DeleteForGood>();
        services.AddSingleton<BeginRestore>();
        services.AddSingleton<RestoreImage>();
        services.AddSingleton<SendBack>();
        services.AddSingleton<RenewVectors>();
        services.AddSingleton<LiveMatches>();
        services.AddSingleton<RelinkImage>();
        services.AddSingleton<LookAtLive>();
        services.AddSingleton<LookLater>();
        return services;
    }
}
