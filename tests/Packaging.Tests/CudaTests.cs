using System.Text;
using System.Text.RegularExpressions;
using Functions.Tests.Pipeline;
using Shared;

namespace Packaging.Tests;

public sealed partial class CudaTests(CudaBuild build) : IClassFixture<CudaBuild>
{
    private static readonly string Image = File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "infra", "docker", "Dockerfile.cuda"))
        .Single(line => line.StartsWith("FROM nvidia/cuda:", StringComparison.Ordinal));

    /// <summary>The shared libraries that the provider links or opens by a full name.</summary>
    private string[] Libraries =>
        [
            .. LibraryName()
                .Matches(Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(build.Folder, "libonnxruntime_providers_cuda.so"))))
                .Select(match => match.Value)
                .Distinct(),
        ];

    [Fact]
    public void The_image_brings_the_cuda_that_the_package_links()
    {
        var version = ImageVersion().Match(Image);
        Assert.True(version.Success, Image);
        Assert.Contains($"libcudart.so.{version.Groups["cuda"].Value}", Libraries);
        Assert.Contains($"libcublas.so.{version.Groups["cuda"].Value}", Libraries);
    }

    [Fact]
    public void What_is_looked_for_before_cuda_is_tried_is_what_the_package_links()
    {
        var source = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "functions", "Embeddings", "Onnx", "CudaLibraries.cs"));
        var looked = LibraryName().Matches(source).Select(match => match.Value).Except(["libcudnn.so.9"]).ToList();
        Assert.NotEmpty(looked);
        Assert.Subset(Libraries.ToHashSet(), looked.ToHashSet());
    }

    [Fact]
    public void Nothing_is_published_for_another_platform() =>
        Assert.Empty(Directory.EnumerateFiles(build.Folder, "onnxruntime*.dll", SearchOption.AllDirectories));

    [Fact]
    public void Both_builds_run_one_version()
    {
        var versions = new[] { "packages.lock.json", "packages.cuda.lock.json" }.Select(file =>
            Resolved().Match(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "functions", file))).Groups["version"].Value
        );
        Assert.Single(versions.Distinct());
    }

    [Fact]
    public async Task Without_a_device_it_runs_on_the_processor_and_says_so_in_one_sentence()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        await using var worker = await build.StartAsync(azurite, search, ("Logging__LogLevel__Default", "Information"));
        Assert.SkipWhen(worker.Output.Contains("The model runs on cuda", StringComparison.Ordinal), "This machine has a device.");
        Assert.Contains("The model runs on cpu: libcuda.so.1 is not on this machine", worker.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[E:onnxruntime", worker.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"lib(cuda|cudart|cublas|cublasLt|curand|cudnn)\.so\.\d+")]
    private static partial Regex LibraryName();

    [GeneratedRegex(@"nvidia/cuda:(?<cuda>\d+)\.[\d.]+-cudnn-runtime-")]
    private static partial Regex ImageVersion();

    [GeneratedRegex(
        @"""Microsoft\.ML\.OnnxRuntime(\.Gpu)?"": \{\s+""type"": ""Direct"",\s+""requested"": ""[^""]+"",\s+""resolved"": ""(?<version>[^""]+)"""
    )]
    private static partial Regex Resolved();
}
