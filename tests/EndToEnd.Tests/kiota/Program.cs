// Client ADDRESS PICTURE PATH: uses the app by the client that Kiota generated; prints what it found, or fails.
using System.Text.Json;
using ImageSearch;
using ImageSearch.Api.Search;
using ImageSearch.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

var (address, picture, path) = (args[0], await File.ReadAllBytesAsync(args[1]), args[2]);
using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider()) { BaseUrl = address };
var api = new ImageSearchClient(adapter).Api;

var health = await api.Health.GetAsync();
var image = await api.Images.GetAsync(request => request.QueryParameters.Path = path);
var byText = await api.Search.GetAsync(request =>
{
    request.QueryParameters.Text = "a picture";
    request.QueryParameters.Top = 5;
    request.QueryParameters.ModeAsGetModeQueryParameterType = GetModeQueryParameterType.Vector;
});
var byPicture = await api.Search.PostAsync(new SearchRequest { Image = Convert.ToBase64String(picture), Top = 1 });
var compared = await api.Compare.PostAsync(new CompareRequest { A = image!.Id, B = image.Id });
var tagged = await api.Images[image.Id!].PatchAsync(new ImageChange { Tags = ["kiota"] });
await using var content = await api.Images[image.Id!].Content.GetAsync();
using var bytes = new MemoryStream();
await content!.CopyToAsync(bytes);
var duplicates = await api.Duplicates.GetAsync(request => request.QueryParameters.Top = 1);
ProblemDetails? problem = null;
try
{
    await api.Images[new string('0', 32)].GetAsync();
}
catch (ProblemDetails told)
{
    problem = told;
}

Console.WriteLine(
    JsonSerializer.Serialize(
        new
        {
            dimensions = health!.Model!.Dimensions,
            texts = byText!.Results!.Count,
            best = byPicture!.Results![0].Id,
            similarity = byPicture.Results[0].Similarity,
            verdict = $"{compared!.Verdict}",
            tags = tagged!.Tags,
            bytes = bytes.Length,
            groups = duplicates!.Groups!.Count,
            detail = problem?.Detail,
        }
    )
);
