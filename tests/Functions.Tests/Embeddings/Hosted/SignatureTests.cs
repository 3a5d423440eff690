using System.Globalization;
using System.Text;
using Amazon.Runtime;
using Serverless.Embeddings.Hosted.Bedrock;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>
/// The vectors that AWS publishes (aws-signing-test-suite/v4 of awslabs/aws-c-auth): key, date, region and service are the same
/// in each.
/// </summary>
public sealed class SignatureTests
{
    private const string AccessKey = "AKIDEXAMPLE";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    private static readonly DateTimeOffset Date = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
    private static readonly SignatureScope Scope = new(Date, "us-east-1", "service");

    public static TheoryData<string, string, string, string[], string, string> Vectors { get; } =
        new()
        {
            { "post-vanilla", "POST", "/", [], "host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
            { "get-utf8", "GET", "/ሴ", [], "host;x-amz-date", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85" },
            {
                "get-space",
                "GET",
                "/example space/",
                [],
                "host;x-amz-date",
                "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"
            },
            {
                "get-vanilla-query-order-key-case",
                "GET",
                "/?Param2=value2&Param1=value1",
                [],
                "host;x-amz-date",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
            },
            {
                "get-header-value-trim",
                "GET",
                "/",
                ["My-Header1: value1", "My-Header2: \"a   b   c\""],
                "host;my-header1;my-header2;x-amz-date",
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"
            },
            {
                "get-vanilla-with-session-token",
                "GET",
                "/",
                [$"X-Amz-Security-Token:{Token}"],
                "host;x-amz-date;x-amz-security-token",
                "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"
            },
        };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_verifier_accepts_each_published_signature_and_no_other(
        string name,
        string method,
        string target,
        string[] headers,
        string covered,
        string signature
    )
    {
        Assert.NotEmpty(name);
        var verifier = new SignatureVerifier(AccessKey, SecretKey, "us-east-1", "service");
        var received = headers
            .Select(header => header.Split(':', 2))
            .ToDictionary(header => header[0].ToLowerInvariant(), header => header[1]);
        received["host"] = "example.amazonaws.com";
        received["x-amz-date"] = "20150830T123600Z";
        received["authorization"] =
            $"AWS4-HMAC-SHA256 Credential={AccessKey}/20150830/us-east-1/service/aws4_request, SignedHeaders={covered}, "
            + $"Signature={signature}";
        var (path, query) = (target.Split('?')[0], target.Contains('?', StringComparison.Ordinal) ? target.Split('?')[1] : "");

        Assert.Null(verifier.Fault(method, path, query, received, []));
        Assert.NotNull(verifier.Fault(method, path, query, received, "x"u8.ToArray()));
        Assert.NotNull(verifier.Fault(method, path + "x", query, received, []));
        Assert.NotNull(new SignatureVerifier(AccessKey, SecretKey + "x", "us-east-1", "service").Fault(method, path, query, received, []));
        Assert.NotNull(new SignatureVerifier(AccessKey, SecretKey, "us-east-2", "service").Fault(method, path, query, received, []));
    }

    /// <summary>
    /// The signer is given addresses, in which nothing is left to encode; vectors with raw paths are for the verifier alone.
    /// </summary>
    public static IEnumerable<TheoryDataRow<string, string, string, string[], string, string>> SignerVectors { get; } =
        Vectors.Where(vector => Uri.IsWellFormedUriString(vector.Data.Item3, UriKind.Relative));

    [Theory]
    [MemberData(nameof(SignerVectors))]
    public void The_signer_makes_each_published_signature(
        string name,
        string method,
        string target,
        string[] headers,
        string covered,
        string signature
    )
    {
        Assert.NotEmpty(name);
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://example.amazonaws.com" + target);
        foreach (var header in headers.Where(header => !header.StartsWith("X-Amz-Security-Token", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(header.Split(':', 2)[0], header.Split(':', 2)[1]);
        }

        SignatureV4.Sign(request, [], new ImmutableCredentials(AccessKey, SecretKey, headers.Length == 1 ? Token : null), Scope);

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential={AccessKey}/20150830/us-east-1/service/aws4_request, SignedHeaders={covered}, "
                + $"Signature={signature}",
            request.Headers.NonValidated["Authorization"].ToString()
        );
        Assert.Equal(
            Date.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
            request.Headers.NonValidated["X-Amz-Date"].ToString()
        );
    }

    [Fact]
    public void A_path_that_is_encoded_already_is_signed_encoded_once_more()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/model/a%3A0/invoke?x=%20y");
        SignatureV4.Sign(request, "body"u8.ToArray(), new ImmutableCredentials(AccessKey, SecretKey, null), Scope);
        var sent = request.Headers.NonValidated.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        sent["host"] = "example.amazonaws.com";

        Assert.Null(
            new SignatureVerifier(AccessKey, SecretKey, "us-east-1", "service").Fault(
                "POST",
                "/model/a%3A0/invoke",
                "x=%20y",
                sent,
                "body"u8.ToArray()
            )
        );
    }
}
