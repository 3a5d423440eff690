using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Categories;
using Serverless.Embeddings;
using Serverless.Jobs;
using Serverless.Reconcile;

namespace Serverless.Api;

/// <summary>The team's own categories.</summary>
internal static class CategoriesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/categories", ListAsync)
            .WithName("listCategories")
            .WithSummary("Lists the team's own categories, and how far all images have been compared with them.")
            .Produces<CategoryList>();
        routes
            .MapPut("/categories/{name}", SaveAsync)
            .WithName("saveCategory")
            .WithSummary("Makes or replaces a category, and has all images compared with it: from their stored vectors, in the background.")
            .WithDescription(
                $"A name has {CategoryName.Rule}; names that differ only in case are the same. There are at most "
                    + $"{CategoryEditor.MostCategories} categories."
            )
            .Accepts<CategoryRequest>("application/json")
            .Produces<CategoryView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapDelete("/categories/{name}", DeleteAsync)
            .WithName("deleteCategory")
            .WithSummary("Deletes a category, and takes it from all images in the background. The images stay.")
            .Produces(204)
            .ProducesProblem(400)
            .ProducesProblem(404);
        routes
            .MapPost("/categories/preview", PreviewAsync)
            .Needs(Role.Search)
            .WithName("previewCategory")
            .WithSummary("Tells which images would belong to a category; saves nothing.")
            .Accepts<CategoryPreviewRequest>("application/json")
            .Produces<CategoryPreview>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    private static async Task<CategoryList> ListAsync(
        KnownCategories known,
        JobTable jobs,
        EmbeddingModel model,
        CancellationToken cancellation
    )
    {
        var shelf = (await known.ReadAsync(cancellation)).Shelf;
        var job = await jobs.ListAsync(TaggingSteps.Name, cancellation).FirstOrDefaultAsync(cancellation);
        return new CategoryList(
            [.. shelf.Categories.Select(category => Of(category, model))],
            model.Name,
            job is null ? null : TaggingView.Of(job)
        );
    }

    private static async Task<CategoryView> SaveAsync(
        string name,
        HttpRequest request,
        CategoryEditor editor,
        TaggingStart tagging,
        EmbeddingModel model,
        CancellationToken cancellation
    )
    {
        var wanted = await RequestBody.JsonAsync<CategoryRequest>(request, cancellation);
        var saved = await editor.SaveAsync(name, wanted, cancellation);
        await tagging.RunAsync(cancellation);
        return Of(saved, model);
    }

    private static async Task<IResult> DeleteAsync(string name, CategoryEditor editor, TaggingStart tagging, CancellationToken cancellation)
    {
        if (!await editor.DeleteAsync(name, cancellation))
        {
            throw new ProblemException(
                StatusCodes.Status404NotFound,
                "There is no such category.",
                "GET /api/categories lists existing ones."
            );
        }

        await tagging.RunAsync(cancellation);
        return Results.NoContent();
    }

    private static async Task<CategoryPreview> PreviewAsync(HttpRequest request, CategoryEditor editor, CancellationToken cancellation) =>
        await editor.PreviewAsync(await RequestBody.JsonAsync<CategoryPreviewRequest>(request, cancellation), cancellation);

    private static CategoryView Of(Category category, EmbeddingModel model) =>
        new(
            category.Name,
            category.Prompts,
            category.Examples,
            category.Fits.TryGetValue(StoredCategory.KeyOf(model), out var fit) ? Math.Round(fit.Threshold, 4) : null
        );
}
