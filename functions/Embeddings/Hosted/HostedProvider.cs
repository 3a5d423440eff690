using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Serverless.Embeddings.Hosted;

/// <summary>One vendor's API: its requests, answers, errors and prices.</summary>
internal abstract class HostedProvider(ProviderFacts facts, EmbeddingOptions options)
{
    /// <summary>Increment when the same picture would be encoded differently, which changes its vector slightly.</summary>
    private const int NormaliserVersion = 1;

    /// <summary>Bytes of UTF-8 to a token, about, where an answer does not say how many tokens were read.</summary>
    private const int BytesPerToken = 4;

    public ProviderFacts Facts { get; } = facts;

    public EmbeddingOptions Options { get; } = options;

    /// <summary>The model's name in the vendor's API.</summary>
    public string ModelName { get; } = options.Model == "default" ? facts.Models[0] : options.Model;

    public int Dimensions { get; } = options.Dimensions ?? facts.Dimensions[0];

    /// <summary>The base address, without a trailing slash.</summary>
    public abstract string Address { get; }

    public EmbeddingModel Model =>
        new($"{Facts.Name}/{ModelName}", Revision(), Facts.Name, Dimensions, CopyDescriptorDimensions: null, ModelThresholds.Uncalibrated);

    public decimal ImagePrice => (Options.ImagePrice ?? Facts.Prices.Images) / 1000;

    public decimal TextPrice => (Options.TextPrice ?? Facts.Prices.Texts) / 1000;

    /// <summary>Creates a complete, authenticated request.</summary>
    public abstract Task<HttpRequestMessage> RequestAsync(HostedInput input, CancellationToken cancellation);

    /// <summary>The vector in an answer, or null.</summary>
    public abstract JsonElement? VectorOf(HostedInput input, JsonElement answer);

    /// <summary>The price of an answer, in US dollars.</summary>
    public abstract decimal CostOf(HostedInput input, JsonElement answer);

    /// <summary>Translates an error answer.</summary>
    public abstract Exception Explain(HostedInput input, ProviderError error);

    /// <summary>Errors common to all vendors; null for others.</summary>
    protected Exception? ExplainCommon(ProviderError error) =>
        error.Status switch
        {
            HttpStatusCode.TooManyRequests => Passing(
                $"{Facts.Title} is throttling requests (429). Ask the vendor for a higher quota, or set "
                    + "Embedding:RequestsPerMinute to the current quota.",
                error
            ),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Passing(
                $"{Facts.Title} is not available at the moment ({(int)error.Status}). The request is retried "
                    + "automatically; the vendor's status "
                    + "page may say more.",
                error
            ),
            HttpStatusCode.RequestEntityTooLarge => new EmbeddingRefusedException(
                $"The image is too large for {Facts.Title}. Upload a smaller one."
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
                + $"{Address}. Check the settings in section Embedding and the vendor's error documentation."
        );

    protected Exception RefusedContent() =>
        new EmbeddingRefusedException(
            $"{Facts.Title} refuses this content under its usage policy. The file stays where it is, and is not searchable."
        );

    protected Exception RefusedImage(string? code) =>
        new EmbeddingRefusedException(
            $"{Facts.Title} cannot read this image{(code is null ? string.Empty : $" ({code})")}. Save it in another format and upload "
                + "it again."
        );

    /// <summary>The price of an answer that does not say how many tokens were read.</summary>
    protected decimal EstimatedCost(HostedInput input) =>
        input is TextInput text ? (Encoding.UTF8.GetByteCount(text.Text) + BytesPerToken - 1) / BytesPerToken * TextPrice : ImagePrice;

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
