using System.Text;
using Azure.Storage.Queues;
using Functions.Tests.Embeddings;
using Functions.Tests.Imaging;
using Functions.Tests.Imaging.Decoders;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Serverless.Api;
using Serverless.Embeddings;
using Serverless.Embeddings.Tokenization;
using Serverless.Imaging;
using Serverless.Imaging.Cost;
using Serverless.Pipeline;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>
/// Something that takes bytes from outside: good ones to begin with, words that it knows, and what must hold for any bytes.
/// </summary>
/// <param name="Iterations">How many inputs a run makes by default.</param>
/// <param name="Run">Throws where an invariant is broken: any exception that the target does not promise.</param>
internal sealed record FuzzTarget(int Iterations, IReadOnlyList<byte[]> Corpus, IReadOnlyList<string> Words, Action<byte[]> Run)
{
    private static readonly string[] JsonWords =
    [
        "null",
        "true",
        "{}",
        "[]",
        "\"\"",
        "1e999",
        "-0",
        "99999999999999999999",
        "\"\\ud800\"",
        "\"\\u0000\"",
        ":",
        "[[[[",
        "}}}}",
    ];

    private static readonly string[] ImageWords =
    [
        "IHDR",
        "iCCP",
        "zTXt",
        "IDAT",
        "PLTE",
        "acTL",
        "VP8X",
        "VP8L",
        "VP8 ",
        "ANMF",
        "ALPH",
        "Exif\0\0",
        "II*\0",
        "MM\0*",
        "ftyp",
        "meta",
        "iloc",
        "ipco",
        "grid",
        "mdat",
        "acTL",
        "fcTL",
        "fdAT",
        "moov",
        "stsz",
        "CR\u0002\0",
        "\0\0\u0001\0",
        "\u004A\u0001\u0004\0",
        "\u00FF\u00C2",
        "\u00FF\u00DA",
        "\u00FF\u00D9",
        "!\u00FF\u000B",
    ];

    private static readonly QueueServiceClient Queues = new("UseDevelopmentStorage=true");

    private static readonly ImageLimits Limits = new() { MaxPixels = 2_000_000, MaxAnimationPixels = 10_000_000 };

    private static readonly ImageReader Reader = new(Options.Create(Limits));

    private static readonly Lazy<ImageReader> Managed = new(() => new OwnDecoders(Limits, DecoderLibrary.ImageSharp).Reader);

    public static IReadOnlyDictionary<string, Func<FuzzTarget>> All { get; } =
        new Dictionary<string, Func<FuzzTarget>>
        {
            ["decoders"] = () => new FuzzTarget(700, SmallPictures(), ImageWords, bytes => Decode(Reader, bytes)),
            ["containers"] = () =>
                new FuzzTarget(
                    10_000,
                    SmallPictures(),
                    ImageWords,
                    bytes =>
                    {
                        if (ImageFormatDetector.Detect(bytes) is { } format)
                        {
                            _ = ImageCost.RejectionReason(bytes, format) is not null || ImageContainer.IsCutShort(bytes, format);
                        }
                    }
                ),
            ["contents"] = () => new FuzzTarget(10_000, OddPictures(), ImageWords, FindContents),
            ["managed-decoders"] = () => new FuzzTarget(300, SmallPictures(), ImageWords, bytes => Decode(Managed.Value, bytes)),
            ["odd-decoders"] = () => new FuzzTarget(300, OddPictures(), ImageWords, bytes => Decode(Reader, bytes)),
            ["drawings"] = () =>
                new FuzzTarget(
                    200,
                    [
                        SheetFixture.Bytes("boxes.pdf"),
                        SheetFixture.Bytes("not-embedded.pdf"),
                        SheetFixture.Bytes("plan.svg"),
                        SheetFixture.Bytes("plan.svgz"),
                    ],
                    [
                        "endobj",
                        "stream",
                        "/Kids",
                        "/Parent 2 0 R",
                        "/Length 99999999999",
                        "/Rotate",
                        "/Filter/FlateDecode",
                        "[0 0 1e9 1e9]",
                        "<use href='#a'/>",
                    ],
                    bytes => Decode(Reader, bytes)
                ),
            ["tokenizer"] = () =>
                TokenizerFile(
                    "tokenizer.json",
                    "clip",
                    600,
                    [.. JsonWords, "\"type\":", "\"Sequence\"", "\"Split\"", "\"(a+)+$\"", "\"Unigram\"", "\"BPE\""]
                ),
            ["sentence-pieces"] = () =>
                TokenizerFile(SentencePieceModel.FileName, "spiece", 2_000, ["</s>", "\u0008\u0002", "\u00FF\u00FF\u00FF\u00FF\u000F"]),
            ["preprocessor"] = Preprocessor,
            ["messages"] = () =>
                new FuzzTarget(
                    10_000,
                    Texts(
                        """{"eventType":"Microsoft.Storage.BlobDeleted","subject":"/blobServices/default/containers/images/blobs/a/b.jpg","data":{"api":"DeleteBlob"}}""",
                        """[{"id":"x","sequence":2,"kind":"review","subject":"/a"}]""",
                        """{"id":"x","sequence":2,"kind":"review","traceParent":"00-00-00","path":"images/a"}"""
                    ),
                    JsonWords,
                    ReadMessage
                ),
            ["search"] = () =>
                new FuzzTarget(
                    10_000,
                    Texts(
                        """{"text":"cat","not":"dog","top":5,"minSimilarity":0.5,"weights":{"text":1,"not":0.5},"filter":{"prefix":"a/b","format":"jpeg","uploadedAfter":"2026-01-31T12:00:00Z","tags":["x","y"],"minWidth":10}}""",
                        """{"id":"00000000000000000000000000000000","image":"AAAA"}"""
                    ),
                    [.. JsonWords, "\"tags\":", "\"prefix\":", "' or '", "\"status\":\"x\""],
                    Search
                ),
            ["receipts"] = () =>
                new FuzzTarget(
                    10_000,
                    Texts(
                        "quarantine_id=0123456789abcdef0123456789abcdef\nquarantine_verdict=copy\n"
                            + "quarantine_duplicateof=0123456789abcdef0123456789abcdef\nquarantine_similarity=0.99\n"
                            + "quarantine_sha256=00\nquarantine_uploadedat=2026-01-31T12%3A00%3A00.0000000%2B00%3A00\n"
                            + "quarantine_decidedat=2026-01-31T12%3A00%3A00.0000000%2B00%3A00"
                    ),
                    ["%", "%ZZ", "=", "\n", "NaN", "1e999", "quarantine_verdict=", "Exact", "7"],
                    ReadReceipt
                ),
            ["paths"] = () =>
                new FuzzTarget(
                    10_000,
                    Texts("images/holiday/cat.jpg", "images/../x/./y", "holiday//cat"),
                    ["/", "..", "%2e", "\0", "\\", "images/"],
                    Paths
                ),
            ["queries"] = () =>
                new FuzzTarget(
                    10_000,
                    Texts("?text=cat&top=5&minSimilarity=0.5&uploadedAfter=2026-01-31&tags=a,b&minWidth=3&prefix=a/", "?top=&tags=,,"),
                    ["&", "=", "%", "%00", "+", "1e999", "top=", "\u00FF"],
                    Query
                ),
        };

    /// <summary>What a picture goes through from upload to thumbnail.</summary>
    private static void Decode(ImageReader reader, byte[] bytes)
    {
        var check = reader.Check(bytes);
        if (check.Image is null == check.Reason is null)
        {
            throw new InvalidOperationException("Neither an image nor a reason, or both.");
        }

        if (check.Reason?.Contains("crashed", StringComparison.Ordinal) == true)
        {
            throw new InvalidOperationException("The decoder crashed.");
        }

        if (check.Image is { } image)
        {
            if (
                image.Width < 1
                || image.Height < 1
                || (long)image.Width * image.Height > 2_000_000
                || reader.Fingerprint(image).Luma.Length != Fingerprint.Side * Fingerprint.Side
            )
            {
                throw new InvalidOperationException($"An accepted image of {image.Width} x {image.Height} pixels.");
            }

            reader.Thumbnail(image, 64);
        }
    }

    /// <summary>What finds the pictures in a file before a decoder sees it.</summary>
    private static void FindContents(byte[] bytes)
    {
        _ =
            JpegStructure.Read(bytes).End
            + JpegStructure.Read(bytes, tolerant: false).End
            + AnimatedPng.Count(bytes)
            + IsoMedia.Frames(bytes);
        if (ImageFormatDetector.Detect(bytes) is not { } format || !(format is ImageFormat.Tiff or ImageFormat.Ico || format.IsRaw()))
        {
            return;
        }

        try
        {
            if (ImageContainer.IsCutShort(bytes, format))
            {
                return;
            }

            var contents = ImageContents.Of(bytes, format);
            if (contents.Parts.Any(part => part.Width < 1 || part.Height < 1 || part.Bytes.Length > bytes.Length))
            {
                throw new InvalidOperationException("A picture without size, or outside the file.");
            }

            _ = contents.Picture.Directory is { } directory ? TiffPages.Alone(bytes, directory) : [];
        }
        catch (Exception exception) when (exception is UnsupportedImageException or NetVips.VipsException)
        {
            // Refused in words.
        }
    }

    private static void ReadMessage(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        foreach (
            var read in new Action[]
            {
                () => _ = StorageEvents.Subjects(text),
                () => _ = new RecheckQueue(Queues).Read(text),
                () => _ = new BackfillQueue(Queues).Read(text),
                () => _ = new JobQueue(Queues).Read(text),
                () => _ = new DescribeQueue(Queues).Read(text),
                () => _ = new PartsQueue(Queues).Read(text),
            }
        )
        {
            try
            {
                read();
            }
            catch (System.Text.Json.JsonException)
            {
                // Given up in the end.
            }
        }
    }

    private static void Search(byte[] bytes) =>
        Refusable(() =>
        {
            var search = RequestBody.JsonAsync<SearchRequest>(RequestOf(bytes), CancellationToken.None).GetAwaiter().GetResult();
            _ = FilterExpression.Of(search.Filter, "images").Matches("images/a/b");
        });

    /// <summary>The service takes a backslash for a slash.</summary>
    private static string Slashes(string text) => text.Replace('\\', '/');

    private static void Paths(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (
            ImagePath.TryParse(text) is { } path
            && (path != ImagePath.TryParse(path.ToString()) || Slashes(path.ToString()) != Slashes(text) || !ImagePath.IsId(path.Id))
        )
        {
            throw new InvalidOperationException($"'{text}' became '{path}'.");
        }

        Refusable(() =>
        {
            var upload = UploadPath.Parse(text, "images");
            var uri = new Uri($"http://127.0.0.1/images/{Uri.EscapeDataString(upload.Name).Replace("%2F", "/", StringComparison.Ordinal)}");
            if (Uri.UnescapeDataString(uri.AbsolutePath) != $"/images/{upload.Name}")
            {
                throw new InvalidOperationException($"'{upload.Name}' is addressed as {uri}.");
            }
        });
    }

    private static void ReadReceipt(byte[] bytes)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n'))
        {
            var pair = line.Split('=', 2);
            metadata[pair[0]] = pair[^1];
        }

        Receipt.Read(metadata);
    }

    private static void Query(byte[] bytes) =>
        Refusable(() =>
        {
            var request = new DefaultHttpContext().Request;
            request.QueryString = new QueryString("?" + Encoding.Latin1.GetString(bytes).TrimStart('?'));
            _ = FilterExpression.Of(SearchFilters.Of(request.Query), "images");
            _ = QueryValue.Integer(request.Query, "top") + QueryValue.Number(request.Query, "minSimilarity");
        });

    private static void Refusable(Action action)
    {
        try
        {
            action();
        }
        catch (ProblemException refusal) when (refusal.Status is >= 400 and < 500 && refusal.Message.Length < 2000)
        {
            // The caller is told what is wrong.
        }
    }

    private static FuzzTarget Preprocessor()
    {
        var folder = NewFolder();
        return new FuzzTarget(
            5_000,
            [File.ReadAllBytes(Path.Combine(DefaultModelFolder, "preprocessor_config.json"))],
            JsonWords,
            bytes =>
            {
                File.WriteAllBytes(Path.Combine(folder, "preprocessor_config.json"), bytes);
                Unusable(() => PreprocessorConfig.Load(folder));
            }
        );
    }

    private static FuzzTarget TokenizerFile(string file, string kind, int iterations, IReadOnlyList<string> words)
    {
        using var folders = new TokenizerFolders();
        var corpus =
            kind == "spiece"
                ? SpieceFile(folders)
                : [File.ReadAllBytes(Path.Combine(folders["clip"], file)), File.ReadAllBytes(Path.Combine(folders["siglip"], file))];
        var folder = NewFolder();
        return new FuzzTarget(
            iterations,
            corpus,
            words,
            bytes =>
            {
                File.WriteAllBytes(Path.Combine(folder, file), bytes);
                Unusable(() => TokenizerLoader.Load(folder).Encode("A cat, 日本 \U0001F98A!"));
            }
        );
    }

    /// <summary>Targets are used until the tests end.</summary>
    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("fuzz-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static IReadOnlyList<byte[]> SpieceFile(TokenizerFolders folders) =>
        [
            .. Directory
                .GetFiles(Path.GetDirectoryName(folders["clip"])!, SentencePieceModel.FileName, SearchOption.AllDirectories)
                .Select(File.ReadAllBytes),
        ];

    private static void Unusable(Action action)
    {
        try
        {
            action();
        }
        catch (ModelException)
        {
            // The file is named, with what is wrong in it.
        }
    }

    private static string DefaultModelFolder => Path.Combine(RepositoryFolder.Path, "models", "default");

    private static IReadOnlyList<byte[]> OddPictures() =>
        [
            .. Directory
                .GetFiles(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "formats"))
                .Where(file => !file.EndsWith(".py", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(bytes => bytes.Length < 30_000),
        ];

    private static IReadOnlyList<byte[]> SmallPictures() =>
        [
            .. Directory
                .GetFiles(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "images"))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(bytes => bytes.Length < 60_000),
            PngFile.Black(16, 16),
        ];

    private static IReadOnlyList<byte[]> Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static HttpRequest RequestOf(byte[] bytes)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(bytes);
        return request;
    }
}
