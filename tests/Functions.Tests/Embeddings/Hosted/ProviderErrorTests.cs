using Serverless.Embeddings;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>Errors as the vendors document them become one sentence that says what to do.</summary>
public sealed class ProviderErrorTests
{
    private const string Secret = "the vendor's own words";

    [Theory]
    [InlineData("azure-foundry", 401, "Unauthorized", "", "Set Embedding:ApiKey to a key of the resource")]
    [InlineData("azure-foundry", 403, "Forbidden", "", "Give the app's identity the role Cognitive Services User on the resource")]
    [InlineData("azure-foundry", 404, "DeploymentNotFound", "", "Deploy Cohere Embed 4 there under that name")]
    [InlineData("azure-foundry", 400, "unknown_model", "", "Deploy Cohere Embed 4 there under that name")]
    [InlineData("azure-vision", 401, "401", "", "Set Embedding:ApiKey to a key of the resource")]
    [InlineData("azure-vision", 403, "403", "", "Give the app's identity the role Cognitive Services User on the resource")]
    [InlineData("azure-vision", 404, "404", "Resource not found", "Use a resource in a region that offers them")]
    [InlineData(
        "azure-vision",
        400,
        "InvalidRequest",
        "The feature is not supported in this region.",
        "Create the resource in a region that does"
    )]
    [InlineData("azure-vision", 400, "InvalidArgument", "", "answered 400 InvalidArgument to a request")]
    [InlineData(
        "bedrock",
        403,
        "AccessDeniedException",
        "You don't have access to the model with the specified model ID.",
        "Request it on the page Model access of the Bedrock console"
    )]
    [InlineData(
        "bedrock",
        403,
        "AccessDeniedException",
        "User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel on resource: foundation-model/x",
        "Allow its role the action bedrock:InvokeModel"
    )]
    [InlineData(
        "bedrock",
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        "AWS rejects the app's credentials (UnrecognizedClientException). Renew them"
    )]
    [InlineData("bedrock", 403, "ExpiredTokenException", "", "Renew them")]
    [InlineData(
        "bedrock",
        400,
        "ValidationException",
        "The provided model identifier is invalid.",
        "Set Embedding:Region to a region that offers it"
    )]
    [InlineData("bedrock", 404, "ResourceNotFoundException", "", "Set Embedding:Region to a region that offers it")]
    [InlineData(
        "vertex",
        403,
        "PERMISSION_DENIED",
        "Vertex AI API has not been used in project 1 before or it is disabled.",
        "Enable aiplatform.googleapis.com there"
    )]
    [InlineData(
        "vertex",
        403,
        "PERMISSION_DENIED",
        "Permission 'aiplatform.endpoints.predict' denied on resource",
        "Give its account the role Vertex AI User"
    )]
    [InlineData("vertex", 403, "PERMISSION_DENIED", "This API method requires billing to be enabled.", "has no billing account")]
    [InlineData("vertex", 404, "NOT_FOUND", "", "Set Embedding:Region to a region that offers it")]
    [InlineData("vertex", 401, "UNAUTHENTICATED", "", "gcloud auth application-default login")]
    [InlineData("vertex", 400, "FAILED_PRECONDITION", "", "Check region and billing")]
    public async Task What_somebody_must_set_right_is_said_once_and_not_asked_again(
        string provider,
        int status,
        string code,
        string message,
        string advice
    )
    {
        await using var rig = await HostedRig.StartAsync(provider);
        Fail(rig, status, code, message);

        var outage = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("red"));

        Assert.Contains(advice, outage.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, outage.Message, StringComparison.Ordinal);
        Assert.False(outage.MayPass);
        Assert.Single(rig.Server.Requests);
    }

    [Theory]
    [InlineData("bedrock", 429, "ThrottlingException")]
    [InlineData("bedrock", 400, "ServiceQuotaExceededException")]
    [InlineData("bedrock", 429, "ModelNotReadyException")]
    [InlineData("bedrock", 408, "ModelTimeoutException")]
    [InlineData("bedrock", 424, "ModelErrorException")]
    [InlineData("vertex", 429, "RESOURCE_EXHAUSTED")]
    [InlineData("vertex", 504, "DEADLINE_EXCEEDED")]
    [InlineData("azure-vision", 429, "429")]
    [InlineData("azure-vision", 408, "Timeout")]
    public async Task What_may_pass_is_asked_again(string provider, int status, string code)
    {
        await using var rig = await HostedRig.StartAsync(provider);
        Fail(rig, status, code, "");

        await rig.EmbedAsync("red");

        Assert.Equal(2, rig.Server.Requests.Count);
    }

    [Theory]
    [InlineData(
        "azure-vision",
        400,
        "ContentFiltered",
        "The image was rejected by the responsible use policy on content.",
        "refuses this content under its usage policy"
    )]
    [InlineData("azure-foundry", 400, "content_filter", "", "refuses this content under its usage policy")]
    [InlineData("azure-foundry", 422, "unprocessable_entity", "The image cannot be decoded.", "cannot read this image")]
    [InlineData("azure-vision", 400, "InvalidImageFormat", "", "cannot read this image (InvalidImageFormat)")]
    [InlineData("azure-vision", 413, "RequestEntityTooLarge", "", "The image is too large for")]
    [InlineData(
        "bedrock",
        400,
        "ValidationException",
        "This request has been blocked by our content filters. Our filters automatically flagged this image because it may "
            + "conflict our AUP or AWS Responsible AI Policy.",
        "refuses this content under its usage policy"
    )]
    [InlineData("bedrock", 400, "ValidationException", "Failed to decode the image.", "cannot read this image (ValidationException)")]
    [InlineData(
        "vertex",
        400,
        "INVALID_ARGUMENT",
        "The image violates Google's Responsible AI practices.",
        "refuses this content under its usage policy"
    )]
    [InlineData("vertex", 400, "INVALID_ARGUMENT", "Image format is not supported.", "cannot read this image (INVALID_ARGUMENT)")]
    public async Task An_image_that_the_provider_will_never_take_is_refused_with_the_reason(
        string provider,
        int status,
        string code,
        string message,
        string reason
    )
    {
        await using var rig = await HostedRig.StartAsync(provider);
        Fail(rig, status, code, message);

        var refusal = await Assert.ThrowsAsync<EmbeddingRefusedException>(() => rig.EmbedAsync(Imaging.Pictures.Checked("scene.jpg")));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Single(rig.Server.Requests);
    }

    [Theory]
    [InlineData("azure-foundry")]
    [InlineData("azure-vision")]
    [InlineData("bedrock")]
    [InlineData("vertex")]
    public async Task A_hostile_error_answer_says_nothing_of_its_own(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);
        rig.Server.Fail(
            418,
            new
            {
                error = new
                {
                    code = $"<script>{Secret}",
                    message = Secret,
                    status = Secret,
                },
            },
            ("x-amzn-ErrorType", Secret)
        );
        var outage = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("red"));

        Assert.Equal(
            $"{rig.Provider.Facts.Title} answered 418 to a request to {rig.Server.Address}. Check the settings in section "
                + "Embedding and the vendor's error documentation.",
            outage.Message
        );
    }

    private static void Fail(HostedRig rig, int status, string code, string message)
    {
        if (rig.Server is BedrockServer)
        {
            rig.Server.Fail(status, new { message = $"{message} {Secret}" }, ("x-amzn-ErrorType", $"{code}:http://internal.amazon.com/"));
        }
        else if (rig.Server is VertexServer)
        {
            rig.Server.Fail(
                status,
                new
                {
                    error = new
                    {
                        code = status,
                        message = $"{message} {Secret}",
                        status = code,
                    },
                }
            );
        }
        else
        {
            rig.Server.Fail(status, new { error = new { code, message = $"{message} {Secret}" } });
        }
    }
}
