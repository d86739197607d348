/**
 * The picture a cell `c` shows of its render `r`, as `shown`: the finished one, or the intermediate one of its step. To be
 * joined after both.
 */
export const shownPicture = `left join lateral (
    select r.image, r.width, r.height where c.partial is null
    union all
    select kept ->> 'image', (kept ->> 'width')::int, (kept ->> 'height')::int
    from jsonb_array_elements(case when c.partial is not null then r.partials else '[]' end) kept
    where (kept ->> 'step')::int = c.partial
  ) shown on true`
