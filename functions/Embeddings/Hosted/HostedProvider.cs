using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Serverless.Embeddings.Hosted;

/// <summary>One vendor's interface: how a request looks, how an answer reads, what an error means and what a call costs.</summary>
internal abstract class HostedProvider(ProviderFacts facts, EmbeddingOptions options)
{
    /// <summary>Raised when the same picture would be sent otherwise than before, which changes its vector a little.</summary>
    private const int NormaliserVersion = 1;

    public ProviderFacts Facts { get; } = facts;

    public EmbeddingOptions Options { get; } = options;

    /// <summary>The name of the model as the vendor's interface takes it.</summary>
    public string ModelName { get; } = options.Model == "default" ? facts.Models[0] : options.Model;

    public int Dimensions { get; } = options.Dimensions ?? facts.Dimensions[0];

    /// <summary>Where requests go, without a slash at the end.</summary>
    public abstract string Address { get; }

    public EmbeddingModel Model =>
        new($"{Facts.Name}/{ModelName}", Revision(), Facts.Name, Dimensions, InstanceDimensions: null, ModelThresholds.Uncalibrated);

    public decimal ImagePrice => (Options.ImagePrice ?? Facts.Prices.Images) / 1000;

    public decimal TextPrice => (Options.TextPrice ?? Facts.Prices.Texts) / 1000;

    /// <summary>A request with everything that it needs to be accepted.</summary>
    public abstract Task<HttpRequestMessage> RequestAsync(HostedInput input, CancellationToken cancellation);

    /// <summary>The vector in an answer, or null where there is none.</summary>
    public abstract JsonElement? VectorOf(HostedInput input, JsonElement answer);

    /// <summary>What an answer cost, in US dollars.</summary>
    public abstract decimal CostOf(HostedInput input, JsonElement answer);

    /// <summary>What an error answer means.</summary>
    public abstract Exception Explain(HostedInput input, ProviderError error);

    /// <summary>Errors that mean the same everywhere; null for any other.</summary>
    protected Exception? ExplainCommon(ProviderError error) =>
        error.Status switch
        {
            HttpStatusCode.TooManyRequests => Passing(
                $"{Facts.Title} allows no more requests now (429). Ask the vendor for a higher quota, or set "
                    + "Embedding:RequestsPerMinute to the quota that there is.",
                error
            ),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Passing(
                $"{Facts.Title} does not work at the moment ({(int)error.Status}). It is asked again by itself; the vendor's status "
                    + "page may say more.",
                error
            ),
            HttpStatusCode.RequestEntityTooLarge => new EmbeddingRefusedException(
                $"{Facts.Title} finds the image too large. Upload a smaller one."
            ),
            _ => null,
        };

    protected static Exception Passing(string sentence, ProviderError error) =>
        new EmbeddingUnavailableException(sentence, mayPass: true, error.RetryAfter);

    protected static Exception Lasting(string sentence, Exception? cause = null) =>
        new EmbeddingUnavailableException(sentence, mayPass: false, inner: cause);

    protected Exception Unknown(ProviderError error) =>
        Lasting(
            $"{Facts.Title} answered {(int)error.Status}{(error.Code is { } code ? $" {code}" : string.Empty)} to a request to "
                + $"{Address}. Check the settings of section Embedding and the vendor's page on errors."
        );

    protected Exception RefusedContent() =>
        new EmbeddingRefusedException(
            $"{Facts.Title} refuses this content by its rules on use. The file stays where it is, and is not searchable."
        );

    protected Exception RefusedImage(string? code) =>
        new EmbeddingRefusedException(
            $"{Facts.Title} cannot read this image{(code is null ? string.Empty : $" ({code})")}. Save it in another format and upload "
                + "it again."
        );

    protected static HttpContent Json(object body) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } };

    private string Revision() =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{Facts.Name}\n{ModelName}\n{Dimensions}\n{NormaliserVersion}")
                )
            )
        );
}
